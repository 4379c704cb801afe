/*
 * engine/kept.h
 *		A value with the memory it needs.
 *
 * Any process.
 */
#pragma once

#include <string>

#include "engine/value.h"

namespace pg
{

class Kept
{
public:
	Kept() = default;
	explicit Kept(const Value &value) { set(value); }
	void set(const Value &value)
	{
		bytes_.assign(value.bytes);
		value_ = value;
	}
	/* Valid until the next set. */
	Value get() const
	{
		Value value = value_;

		value.bytes = bytes_;
		return value;
	}
	bool is_null() const { return value_.is_null(); }

private:
	Value value_;
	std::string bytes_;
};

} /* namespace pg */
