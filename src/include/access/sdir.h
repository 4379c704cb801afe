/*
 * sdir.h
 *		Direction in which rows are fetched.
 */
#ifndef SDIR_H
#define SDIR_H

typedef enum ScanDirection
{
	BackwardScanDirection = -1,
	NoMovementScanDirection = 0,
	ForwardScanDirection = 1
} ScanDirection;

#define ScanDirectionIsValid(direction) \
	((direction) >= BackwardScanDirection && (direction) <= ForwardScanDirection)
#define ScanDirectionIsBackward(direction) ((direction) == BackwardScanDirection)
#define ScanDirectionIsNoMovement(direction) ((direction) == NoMovementScanDirection)
#define ScanDirectionIsForward(direction) ((direction) == ForwardScanDirection)

#endif /* SDIR_H */
