"""The protocol by hand: a socket, messages built and taken apart byte by byte."""

import os
import socket
import struct

from .wait import PATIENCE

PROTOCOL_3 = 196608
SSL_REQUEST = 80877103
GSSENC_REQUEST = 80877104
CANCEL_REQUEST = 80877102


class Wire:
	"""One connection to a cluster's unix socket, without any library between."""

	def __init__(self, cluster):
		self.socket = socket.socket(socket.AF_UNIX)
		self.socket.settimeout(PATIENCE)
		self.socket.connect(os.path.join(cluster.root, f".s.PGSQL.{cluster.port}"))
		self.key = None

	def close(self):
		self.socket.close()

	def __enter__(self):
		return self

	def __exit__(self, *ignored):
		self.close()

	# ---- sending ----

	def send_raw(self, data):
		self.socket.sendall(data)

	def send_untyped(self, code, body=b""):
		"""A packet of the time before startup: length, code, body."""
		self.send_raw(struct.pack("!II", len(body) + 8, code) + body)

	def send(self, kind, body=b""):
		self.send_raw(kind.encode() + struct.pack("!I", len(body) + 4) + body)

	def startup(self, code=PROTOCOL_3, **parameters):
		body = b"".join(f"{key}\0{value}\0".encode() for key, value in parameters.items())
		self.send_untyped(code, body + b"\0")

	def query(self, sql):
		self.send("Q", sql.encode() + b"\0")

	# ---- receiving ----

	def read_bytes(self, count):
		"""Exactly count bytes, or b"" when the server has closed."""
		data = b""
		while len(data) < count:
			try:
				part = self.socket.recv(count - len(data))
			except ConnectionError:
				return b""
			if not part:
				return b""
			data += part
		return data

	def read(self):
		"""The next message as (kind, body), or None at the end of the connection."""
		head = self.read_bytes(5)
		if not head:
			return None
		kind, length = struct.unpack("!cI", head)
		return kind.decode(), self.read_bytes(length - 4) if length > 4 else b""

	def read_until(self, wanted):
		"""All messages up to and with the first of kind wanted, or to the connection's end."""
		messages = []
		while True:
			message = self.read()
			if message is None:
				return messages
			messages.append(message)
			if message[0] in wanted:
				return messages

	def login(self, **parameters):
		"""Starts a session and returns all that the server says until it is ready."""
		self.startup(**{"user": "postgres", "database": "postgres", **parameters})
		messages = self.read_until("ZE")
		for kind, body in messages:
			if kind == "K":
				self.key = struct.unpack("!II", body)
		return messages

	@staticmethod
	def fields(body):
		"""Fields of an error or notice, by their letter."""
		return {part[:1].decode(): part[1:].decode() for part in body.split(b"\0") if part}

	def read_error(self):
		"""Fields of the next error; everything before it is skipped."""
		messages = self.read_until("E")
		assert messages and messages[-1][0] == "E", f"no error, but {messages}"
		return self.fields(messages[-1][1])

	def at_end(self):
		"""Whether the server closes without another word."""
		return self.read() is None

	@staticmethod
	def kinds(messages):
		return "".join(kind for kind, _ in messages)

	@staticmethod
	def row(body):
		"""Columns of a DataRow as bytes."""
		(count,) = struct.unpack("!H", body[:2])
		offset, columns = 2, []
		for _ in range(count):
			(length,) = struct.unpack("!i", body[offset:offset + 4])
			offset += 4
			columns.append(None if length < 0 else body[offset:offset + length])
			offset += max(length, 0)
		return columns
