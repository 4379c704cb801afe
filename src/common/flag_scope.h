/*
 * common/flag_scope.h
 *		Something that is true for as long as a scope.
 *
 * Any process.
 */
#pragma once

namespace pg
{

/* Sets a flag that was false, until the end of the scope. */
class FlagScope
{
public:
	explicit FlagScope(bool &flag) : flag_(flag) { flag_ = true; }
	~FlagScope() { flag_ = false; }
	FlagScope(const FlagScope &) = delete;
	FlagScope &operator=(const FlagScope &) = delete;

private:
	bool &flag_;
};

} /* namespace pg */
