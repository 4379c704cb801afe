/*
 * pg_list.h
 *		Lists of pointers, integers or OIDs.
 *
 * The empty list is NIL. A list is one array in the context that was current when it was made; functions that change
 * a list return it, and the caller must use the result. Lists are not shared between processes. Any process.
 */
#ifndef PG_LIST_H
#define PG_LIST_H

#include "postgres.h"

#include "nodes/nodes.h"

PG_BEGIN_EXTERN_C

typedef union ListCell
{
	void *ptr_value;
	int int_value;
	Oid oid_value;
} ListCell;

typedef struct List
{
	NodeTag type; /* T_List, T_IntList or T_OidList */
	int length;
	int max_length;
	ListCell *elements;
	ListCell initial_elements[FLEXIBLE_ARRAY_MEMBER];
} List;

#define NIL ((List *) NULL)

/*
 * Reading
 */
#define lfirst(lc) ((lc)->ptr_value)
#define lfirst_int(lc) ((lc)->int_value)
#define lfirst_oid(lc) ((lc)->oid_value)
#define lfirst_node(type, lc) castNode(type, lfirst(lc))

static inline int
list_length(const List *l)
{
	return l == NIL ? 0 : l->length;
}

/* The cell at n, counted from 0; n must be within the list. */
static inline ListCell *
list_nth_cell(const List *list, int n)
{
	Assert(n >= 0 && n < list_length(list));
	return list->elements + n;
}

static inline ListCell *
list_last_cell(const List *list)
{
	return list_nth_cell(list, list_length(list) - 1);
}

/* First, second and last cell, or NULL when the list is too short. */
static inline ListCell *
list_head(const List *l)
{
	return list_length(l) > 0 ? list_nth_cell(l, 0) : NULL;
}

static inline ListCell *
list_second_cell(const List *l)
{
	return list_length(l) > 1 ? list_nth_cell(l, 1) : NULL;
}

static inline ListCell *
list_tail(const List *l)
{
	return list_length(l) > 0 ? list_last_cell(l) : NULL;
}

static inline void *
list_nth(const List *list, int n)
{
	return list_nth_cell(list, n)->ptr_value;
}

static inline int
list_nth_int(const List *list, int n)
{
	return list_nth_cell(list, n)->int_value;
}

static inline Oid
list_nth_oid(const List *list, int n)
{
	return list_nth_cell(list, n)->oid_value;
}

static inline int
list_cell_number(const List *l, const ListCell *c)
{
	return (int) (c - l->elements);
}

/* The cell after c, or NULL behind the last one. */
static inline ListCell *
lnext(const List *l, const ListCell *c)
{
	int next = list_cell_number(l, c) + 1;

	return next < list_length(l) ? list_nth_cell(l, next) : NULL;
}

#define linitial(l) lfirst(list_nth_cell(l, 0))
#define linitial_int(l) lfirst_int(list_nth_cell(l, 0))
#define linitial_oid(l) lfirst_oid(list_nth_cell(l, 0))
#define lsecond(l) lfirst(list_nth_cell(l, 1))
#define lsecond_int(l) lfirst_int(list_nth_cell(l, 1))
#define lsecond_oid(l) lfirst_oid(list_nth_cell(l, 1))
#define lthird(l) lfirst(list_nth_cell(l, 2))
#define lthird_int(l) lfirst_int(list_nth_cell(l, 2))
#define lthird_oid(l) lfirst_oid(list_nth_cell(l, 2))
#define lfourth(l) lfirst(list_nth_cell(l, 3))
#define lfourth_int(l) lfirst_int(list_nth_cell(l, 3))
#define lfourth_oid(l) lfirst_oid(list_nth_cell(l, 3))
#define llast(l) lfirst(list_last_cell(l))
#define llast_int(l) lfirst_int(list_last_cell(l))
#define llast_oid(l) lfirst_oid(list_last_cell(l))
#define list_nth_node(type, list, n) castNode(type, list_nth(list, n))
#define linitial_node(type, l) castNode(type, linitial(l))
#define lsecond_node(type, l) castNode(type, lsecond(l))
#define lthird_node(type, l) castNode(type, lthird(l))
#define lfourth_node(type, l) castNode(type, lfourth(l))
#define llast_node(type, l) castNode(type, llast(l))

/*
 * Loops. Within foreach the list may only be changed through foreach_delete_current.
 */
typedef struct ForEachState
{
	const List *l;
	int i;
} ForEachState;

static inline ListCell *
pg_list_cell_or_null(const List *l, int n)
{
	return n < list_length(l) ? list_nth_cell(l, n) : NULL;
}

#define foreach(cell, lst) for_each_from(cell, lst, 0)

#define for_each_from(cell, lst, N)                                                 \
	for (ForEachState cell##__state = {(lst), (N)};                                 \
		 ((cell) = pg_list_cell_or_null(cell##__state.l, cell##__state.i)) != NULL; \
		 cell##__state.i++)

#define for_each_cell(cell, lst, initcell)                                                     \
	for (ForEachState cell##__state = {(lst), (initcell) ? list_cell_number((lst), (initcell)) \
														 : list_length(lst)};                  \
		 ((cell) = pg_list_cell_or_null(cell##__state.l, cell##__state.i)) != NULL;            \
		 cell##__state.i++)

#define foreach_current_index(cell) (cell##__state.i)

#define foreach_delete_current(lst, cell) \
	((List *) (cell##__state.l = list_delete_nth_cell(lst, cell##__state.i--)))

/* Two lists side by side, as far as the shorter one goes. */
#define forboth(cell1, list1, cell2, list2)                                   \
	for (int cell1##__index = 0;                                              \
		 ((cell1) = pg_list_cell_or_null((list1), cell1##__index)) != NULL && \
		 ((cell2) = pg_list_cell_or_null((list2), cell1##__index)) != NULL;   \
		 cell1##__index++)

/* The same from a cell of each on (NULL: nothing), and of three to five lists. */
#define for_both_cell(cell1, list1, initcell1, cell2, list2, initcell2)                        \
	for (int cell1##__index = 0,                                                               \
			 cell1##__first = (initcell1) ? list_cell_number((list1), (initcell1))             \
										  : list_length(list1),                                \
			 cell2##__first = (initcell2) ? list_cell_number((list2), (initcell2))             \
										  : list_length(list2);                                \
		 ((cell1) = pg_list_cell_or_null((list1), cell1##__first + cell1##__index)) != NULL && \
		 ((cell2) = pg_list_cell_or_null((list2), cell2##__first + cell1##__index)) != NULL;   \
		 cell1##__index++)

#define forthree(cell1, list1, cell2, list2, cell3, list3)                    \
	for (int cell1##__index = 0;                                              \
		 ((cell1) = pg_list_cell_or_null((list1), cell1##__index)) != NULL && \
		 ((cell2) = pg_list_cell_or_null((list2), cell1##__index)) != NULL && \
		 ((cell3) = pg_list_cell_or_null((list3), cell1##__index)) != NULL;   \
		 cell1##__index++)

#define forfour(cell1, list1, cell2, list2, cell3, list3, cell4, list4)       \
	for (int cell1##__index = 0;                                              \
		 ((cell1) = pg_list_cell_or_null((list1), cell1##__index)) != NULL && \
		 ((cell2) = pg_list_cell_or_null((list2), cell1##__index)) != NULL && \
		 ((cell3) = pg_list_cell_or_null((list3), cell1##__index)) != NULL && \
		 ((cell4) = pg_list_cell_or_null((list4), cell1##__index)) != NULL;   \
		 cell1##__index++)

#define forfive(cell1, list1, cell2, list2, cell3, list3, cell4, list4, cell5, list5) \
	for (int cell1##__index = 0;                                                      \
		 ((cell1) = pg_list_cell_or_null((list1), cell1##__index)) != NULL &&         \
		 ((cell2) = pg_list_cell_or_null((list2), cell1##__index)) != NULL &&         \
		 ((cell3) = pg_list_cell_or_null((list3), cell1##__index)) != NULL &&         \
		 ((cell4) = pg_list_cell_or_null((list4), cell1##__index)) != NULL &&         \
		 ((cell5) = pg_list_cell_or_null((list5), cell1##__index)) != NULL;           \
		 cell1##__index++)

/* Loops of PostgreSQL 17, which declare their variable: a pointer to type, an int, an Oid, a node. */
#define foreach_ptr(type, var, lst) foreach_internal(type, *, var, lst, lfirst)
#define foreach_int(var, lst) foreach_internal(int, , var, lst, lfirst_int)
#define foreach_oid(var, lst) foreach_internal(Oid, , var, lst, lfirst_oid)
#define foreach_node(type, var, lst) foreach_internal(type, *, var, lst, lfirst)

/* The outer loop runs once, for its variable; var##__state serves foreach_delete_current and foreach_current_index. */
#define foreach_internal(type, pointer, var, lst, get)                                          \
	for (type pointer var = 0, pointer var##__once = (type pointer) 1; var##__once;             \
		 var##__once = 0)                                                                       \
		for (ForEachState var##__state = {(lst), 0};                                            \
			 var##__state.i < list_length(var##__state.l) &&                                    \
			 ((var = (type pointer) get(list_nth_cell(var##__state.l, var##__state.i))), true); \
			 var##__state.i++)

/*
 * Making. list_make1 to list_make5, for pointers, integers and OIDs.
 */
static inline ListCell
list_make_ptr_cell(const void *v)
{
	ListCell cell;

	cell.ptr_value = (void *) (uintptr_t) v;
	return cell;
}

static inline ListCell
list_make_int_cell(int v)
{
	ListCell cell;

	cell.ptr_value = NULL;
	cell.int_value = v;
	return cell;
}

static inline ListCell
list_make_oid_cell(Oid v)
{
	ListCell cell;

	cell.ptr_value = NULL;
	cell.oid_value = v;
	return cell;
}

extern List *list_make1_impl(NodeTag t, ListCell datum1);
extern List *list_make2_impl(NodeTag t, ListCell datum1, ListCell datum2);
extern List *list_make3_impl(NodeTag t, ListCell datum1, ListCell datum2, ListCell datum3);
extern List *list_make4_impl(NodeTag t, ListCell datum1, ListCell datum2, ListCell datum3,
							 ListCell datum4);
extern List *list_make5_impl(NodeTag t, ListCell datum1, ListCell datum2, ListCell datum3,
							 ListCell datum4, ListCell datum5);

#define list_make1(x1) list_make1_impl(T_List, list_make_ptr_cell(x1))
#define list_make2(x1, x2) list_make2_impl(T_List, list_make_ptr_cell(x1), list_make_ptr_cell(x2))
#define list_make3(x1, x2, x3) \
	list_make3_impl(T_List, list_make_ptr_cell(x1), list_make_ptr_cell(x2), list_make_ptr_cell(x3))
#define list_make4(x1, x2, x3, x4)                                          \
	list_make4_impl(T_List, list_make_ptr_cell(x1), list_make_ptr_cell(x2), \
					list_make_ptr_cell(x3), list_make_ptr_cell(x4))
#define list_make5(x1, x2, x3, x4, x5)                                      \
	list_make5_impl(T_List, list_make_ptr_cell(x1), list_make_ptr_cell(x2), \
					list_make_ptr_cell(x3), list_make_ptr_cell(x4), list_make_ptr_cell(x5))
#define list_make1_int(x1) list_make1_impl(T_IntList, list_make_int_cell(x1))
#define list_make2_int(x1, x2) \
	list_make2_impl(T_IntList, list_make_int_cell(x1), list_make_int_cell(x2))
#define list_make3_int(x1, x2, x3)                                             \
	list_make3_impl(T_IntList, list_make_int_cell(x1), list_make_int_cell(x2), \
					list_make_int_cell(x3))
#define list_make1_oid(x1) list_make1_impl(T_OidList, list_make_oid_cell(x1))
#define list_make2_oid(x1, x2) \
	list_make2_impl(T_OidList, list_make_oid_cell(x1), list_make_oid_cell(x2))
#define list_make3_oid(x1, x2, x3)                                             \
	list_make3_impl(T_OidList, list_make_oid_cell(x1), list_make_oid_cell(x2), \
					list_make_oid_cell(x3))

#define list_make4_int(x1, x2, x3, x4)                                         \
	list_make4_impl(T_IntList, list_make_int_cell(x1), list_make_int_cell(x2), \
					list_make_int_cell(x3), list_make_int_cell(x4))
#define list_make5_int(x1, x2, x3, x4, x5)                                     \
	list_make5_impl(T_IntList, list_make_int_cell(x1), list_make_int_cell(x2), \
					list_make_int_cell(x3), list_make_int_cell(x4), list_make_int_cell(x5))
#define list_make4_oid(x1, x2, x3, x4)                                         \
	list_make4_impl(T_OidList, list_make_oid_cell(x1), list_make_oid_cell(x2), \
					list_make_oid_cell(x3), list_make_oid_cell(x4))
#define list_make5_oid(x1, x2, x3, x4, x5)                                     \
	list_make5_impl(T_OidList, list_make_oid_cell(x1), list_make_oid_cell(x2), \
					list_make_oid_cell(x3), list_make_oid_cell(x4), list_make_oid_cell(x5))

/*
 * Changing. Each returns the list to use from now on.
 */
extern pg_nodiscard List *lappend(List *list, void *datum);
extern pg_nodiscard List *lappend_int(List *list, int datum);
extern pg_nodiscard List *lappend_oid(List *list, Oid datum);
extern pg_nodiscard List *lcons(void *datum, List *list);
extern pg_nodiscard List *lcons_int(int datum, List *list);
extern pg_nodiscard List *lcons_oid(Oid datum, List *list);
extern pg_nodiscard List *list_insert_nth(List *list, int pos, void *datum);
extern pg_nodiscard List *list_insert_nth_int(List *list, int pos, int datum);
extern pg_nodiscard List *list_insert_nth_oid(List *list, int pos, Oid datum);
/* Appends the cells of list2 to list1; list2 stays valid. */
extern pg_nodiscard List *list_concat(List *list1, const List *list2);
/* A new list of the cells of both. */
extern pg_nodiscard List *list_concat_copy(const List *list1, const List *list2);
extern pg_nodiscard List *list_truncate(List *list, int new_size);
/* The ptr forms compare pointers, those without a type nodes (equal, nodes/nodes.h). */
extern bool list_member(const List *list, const void *datum);
extern bool list_member_ptr(const List *list, const void *datum);
extern bool list_member_int(const List *list, int datum);
extern bool list_member_oid(const List *list, Oid datum);
extern pg_nodiscard List *list_delete(List *list, void *datum);
extern pg_nodiscard List *list_delete_ptr(List *list, void *datum);
extern pg_nodiscard List *list_delete_int(List *list, int datum);
extern pg_nodiscard List *list_delete_oid(List *list, Oid datum);
extern pg_nodiscard List *list_delete_first(List *list);
extern pg_nodiscard List *list_delete_first_n(List *list, int n);
extern pg_nodiscard List *list_delete_last(List *list);
extern pg_nodiscard List *list_delete_nth_cell(List *list, int n);
extern pg_nodiscard List *list_delete_cell(List *list, ListCell *cell);
/* Appends what is not there yet. */
extern pg_nodiscard List *list_append_unique(List *list, void *datum);
extern pg_nodiscard List *list_append_unique_ptr(List *list, void *datum);
extern pg_nodiscard List *list_append_unique_int(List *list, int datum);
extern pg_nodiscard List *list_append_unique_oid(List *list, Oid datum);
/* The same with each of list2. */
extern pg_nodiscard List *list_concat_unique(List *list1, const List *list2);
extern pg_nodiscard List *list_concat_unique_ptr(List *list1, const List *list2);
extern pg_nodiscard List *list_concat_unique_int(List *list1, const List *list2);
extern pg_nodiscard List *list_concat_unique_oid(List *list1, const List *list2);
/* New lists, in the order of list1: with what only list2 has behind it, without what list2 has, of what both have. */
extern pg_nodiscard List *list_union(const List *list1, const List *list2);
extern pg_nodiscard List *list_union_ptr(const List *list1, const List *list2);
extern pg_nodiscard List *list_union_int(const List *list1, const List *list2);
extern pg_nodiscard List *list_union_oid(const List *list1, const List *list2);
extern pg_nodiscard List *list_difference(const List *list1, const List *list2);
extern pg_nodiscard List *list_difference_ptr(const List *list1, const List *list2);
extern pg_nodiscard List *list_difference_int(const List *list1, const List *list2);
extern pg_nodiscard List *list_difference_oid(const List *list1, const List *list2);
extern pg_nodiscard List *list_intersection(const List *list1, const List *list2);
extern pg_nodiscard List *list_intersection_int(const List *list1, const List *list2);
/* Of a sorted list: leaves one of each, in place. */
extern void list_deduplicate_oid(List *list);
/* Copies the cells; what they point to is shared. The deep form copies that as well (copyObject, nodes/nodes.h). */
extern pg_nodiscard List *list_copy_deep(const List *oldlist);
extern pg_nodiscard List *list_copy_head(const List *oldlist, int len);
extern pg_nodiscard List *list_copy(const List *list);
extern pg_nodiscard List *list_copy_tail(const List *list, int nskip);
/* Sorts in place, stably. */
typedef int (*list_sort_comparator)(const ListCell *a, const ListCell *b);
extern void list_sort(List *list, list_sort_comparator cmp);
extern int list_int_cmp(const ListCell *p1, const ListCell *p2);
extern int list_oid_cmp(const ListCell *p1, const ListCell *p2);
/* Frees the list; the deep form also pfrees what the cells point to. */
extern void list_free(List *list);
extern void list_free_deep(List *list);

PG_END_EXTERN_C

#endif /* PG_LIST_H */
