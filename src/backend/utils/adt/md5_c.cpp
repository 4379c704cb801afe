/*
 * utils/adt/md5_c.cpp
 *		MD5 sums for C (common/md5.h); SQL's md5() is in text.cpp.
 *
 * Any process; nothing raises.
 */
#include "common/md5.h"

#include <cstring>
#include <openssl/evp.h>
#include <string_view>

#include "utils/adt/encode.h"

static constexpr unsigned kMd5Bytes = 16;

bool
pg_md5_binary(const void *buff, size_t len, void *outbuf, const char **errstr)
{
	unsigned char digest[EVP_MAX_MD_SIZE];
	unsigned size = 0;

	*errstr = nullptr;
	if (EVP_Digest(buff, len, digest, &size, EVP_md5(), nullptr) != 1 || size != kMd5Bytes)
	{
		*errstr = "could not compute MD5 hash";
		return false;
	}
	memcpy(outbuf, digest, kMd5Bytes);
	return true;
}

bool
pg_md5_hash(const void *buff, size_t len, char *hexsum, const char **errstr)
{
	char digest[kMd5Bytes];

	if (!pg_md5_binary(buff, len, digest, errstr))
		return false;
	strcpy(hexsum, pg::EncodeHex({digest, kMd5Bytes}).c_str());
	return true;
}
