/*
 * access/nonatomic.h
 *		Whether what runs may end the transaction around it.
 *
 * A client's DO and CALL may, and so may procedures that they call, as long as no function and no plain
 * SPI stands between.  Backends and workers.
 */
#pragma once

namespace pg
{

/* True at the top of a process, and as the innermost NonatomicScope says. */
bool IsNonatomic();

/* A DO, a procedure or a function runs: statements are not the client's own. */
bool IsWithinRoutine();

class NonatomicScope
{
public:
	explicit NonatomicScope(bool nonatomic);
	~NonatomicScope();
	NonatomicScope(const NonatomicScope &) = delete;
	NonatomicScope &operator=(const NonatomicScope &) = delete;

private:
	const bool before_;
};

/* Within EndTransactionWithin: what a procedure keeps from transaction to transaction stays. */
bool IsEndingWithin();

/*
 * Ends the transaction and begins the next, which with `chain` has the same isolation, access mode and
 * deferrability.  2D000 unless IsNonatomic(), in a block, and in a subtransaction.  When the commit
 * fails, the next one has begun as well.
 */
void EndTransactionWithin(bool commit, bool chain);

} /* namespace pg */
