/*
 * utils/mmgr/list.cpp
 *		Lists of pointers, integers and OIDs (C API: nodes/pg_list.h).
 *
 * Any process.  Errors are palloc's alone; misuse asserts.  Cells lie in one array, first within the
 * list's own chunk, later in a chunk of their own.
 */
#include "nodes/pg_list.h"

#include <algorithm>
#include <initializer_list>

#include "utils/memutils.h"

namespace
{

constexpr int kFirstRoom = 5;

List *
new_list(NodeTag tag, int length)
{
	const int room = std::max(length, kFirstRoom);
	auto *list =
		static_cast<List *>(palloc(offsetof(List, initial_elements) + room * sizeof(ListCell)));

	list->type = tag;
	list->length = length;
	list->max_length = room;
	list->elements = list->initial_elements;
	return list;
}

List *
make_list(NodeTag tag, std::initializer_list<ListCell> cells)
{
	List *list = new_list(tag, static_cast<int>(cells.size()));

	std::copy(cells.begin(), cells.end(), list->elements);
	return list;
}

/* Room for at least one more cell; the array stays in the list's memory context. */
void
make_room(List *list, int wanted)
{
	if (wanted <= list->max_length)
		return;

	const int room = std::max(wanted, 2 * list->max_length);

	if (list->elements == list->initial_elements)
	{
		list->elements = static_cast<ListCell *>(
			MemoryContextAlloc(GetMemoryChunkContext(list), room * sizeof(ListCell)));
		std::copy_n(list->initial_elements, list->length, list->elements);
	}
	else
		list->elements = static_cast<ListCell *>(repalloc(list->elements, room * sizeof(ListCell)));
	list->max_length = room;
}

List *
insert_cell(List *list, NodeTag tag, int at, ListCell cell)
{
	if (list == NIL)
		return make_list(tag, {cell});
	Assert(list->type == tag && at >= 0 && at <= list->length);
	make_room(list, list->length + 1);
	std::copy_backward(list->elements + at, list->elements + list->length,
					   list->elements + list->length + 1);
	list->elements[at] = cell;
	list->length++;
	return list;
}

List *
remove_cell(List *list, int at)
{
	Assert(at >= 0 && at < list_length(list));
	if (list->length == 1)
	{
		list_free(list);
		return NIL;
	}
	std::copy(list->elements + at + 1, list->elements + list->length, list->elements + at);
	list->length--;
	return list;
}

template <typename Same>
int
find_cell(const List *list, Same same)
{
	for (int i = 0; i < list_length(list); i++)
	{
		if (same(list->elements[i]))
			return i;
	}
	return -1;
}

template <typename Same>
List *
remove_first(List *list, Same same)
{
	const int at = find_cell(list, same);

	return at < 0 ? list : remove_cell(list, at);
}

auto
is_pointer(const void *datum)
{
	return [datum](const ListCell &cell) { return cell.ptr_value == datum; };
}

auto
is_int(int datum)
{
	return [datum](const ListCell &cell) { return cell.int_value == datum; };
}

auto
is_oid(Oid datum)
{
	return [datum](const ListCell &cell) { return cell.oid_value == datum; };
}

/* ---- Lists as sets: how the cells of each kind compare, and are added ---- */

struct Nodes
{
	static bool same(const ListCell &a, const ListCell &b)
	{
		return equal(a.ptr_value, b.ptr_value);
	}
	static List *add(List *list, const ListCell &cell) { return lappend(list, cell.ptr_value); }
};

struct Pointers
{
	static bool same(const ListCell &a, const ListCell &b) { return a.ptr_value == b.ptr_value; }
	static List *add(List *list, const ListCell &cell) { return lappend(list, cell.ptr_value); }
};

struct Ints
{
	static bool same(const ListCell &a, const ListCell &b) { return a.int_value == b.int_value; }
	static List *add(List *list, const ListCell &cell) { return lappend_int(list, cell.int_value); }
};

struct Oids
{
	static bool same(const ListCell &a, const ListCell &b) { return a.oid_value == b.oid_value; }
	static List *add(List *list, const ListCell &cell) { return lappend_oid(list, cell.oid_value); }
};

template <typename Kind>
bool
has(const List *list, const ListCell &cell)
{
	return find_cell(list, [&](const ListCell &other) { return Kind::same(other, cell); }) >= 0;
}

template <typename Kind>
List *
append_unique(List *list, const ListCell &cell)
{
	return has<Kind>(list, cell) ? list : Kind::add(list, cell);
}

template <typename Kind>
List *
concat_unique(List *list1, const List *list2)
{
	for (int i = 0; i < list_length(list2); i++)
		list1 = append_unique<Kind>(list1, list2->elements[i]);
	return list1;
}

/* The cells of list1 that list2 has, or has not. */
template <typename Kind>
List *
select_cells(const List *list1, const List *list2, bool wanted)
{
	List *result = NIL;

	for (int i = 0; i < list_length(list1); i++)
		if (has<Kind>(list2, list1->elements[i]) == wanted)
			result = Kind::add(result, list1->elements[i]);
	return result;
}

template <typename Number>
int
compare(Number a, Number b)
{
	return a < b ? -1 : static_cast<int>(a > b);
}

/* Merges [start, middle) and [middle, end) of one array into another; equal cells keep their order. */
void
merge_runs(const ListCell *from, ListCell *to, int start, int middle, int end,
		   list_sort_comparator cmp)
{
	int left = start;
	int right = middle;

	for (int at = start; at < end; at++)
	{
		const bool take_left =
			left < middle && (right >= end || cmp(&from[left], &from[right]) <= 0);

		to[at] = take_left ? from[left++] : from[right++];
	}
}

} /* namespace */

List *
list_make1_impl(NodeTag t, ListCell datum1)
{
	return make_list(t, {datum1});
}

List *
list_make2_impl(NodeTag t, ListCell datum1, ListCell datum2)
{
	return make_list(t, {datum1, datum2});
}

List *
list_make3_impl(NodeTag t, ListCell datum1, ListCell datum2, ListCell datum3)
{
	return make_list(t, {datum1, datum2, datum3});
}

List *
list_make4_impl(NodeTag t, ListCell datum1, ListCell datum2, ListCell datum3, ListCell datum4)
{
	return make_list(t, {datum1, datum2, datum3, datum4});
}

List *
list_make5_impl(NodeTag t, ListCell datum1, ListCell datum2, ListCell datum3, ListCell datum4,
				ListCell datum5)
{
	return make_list(t, {datum1, datum2, datum3, datum4, datum5});
}

List *
lappend(List *list, void *datum)
{
	return insert_cell(list, T_List, list_length(list), list_make_ptr_cell(datum));
}

List *
lappend_int(List *list, int datum)
{
	return insert_cell(list, T_IntList, list_length(list), list_make_int_cell(datum));
}

List *
lappend_oid(List *list, Oid datum)
{
	return insert_cell(list, T_OidList, list_length(list), list_make_oid_cell(datum));
}

List *
lcons(void *datum, List *list)
{
	return insert_cell(list, T_List, 0, list_make_ptr_cell(datum));
}

List *
lcons_int(int datum, List *list)
{
	return insert_cell(list, T_IntList, 0, list_make_int_cell(datum));
}

List *
lcons_oid(Oid datum, List *list)
{
	return insert_cell(list, T_OidList, 0, list_make_oid_cell(datum));
}

List *
list_insert_nth(List *list, int pos, void *datum)
{
	return insert_cell(list, T_List, pos, list_make_ptr_cell(datum));
}

List *
list_insert_nth_int(List *list, int pos, int datum)
{
	return insert_cell(list, T_IntList, pos, list_make_int_cell(datum));
}

List *
list_insert_nth_oid(List *list, int pos, Oid datum)
{
	return insert_cell(list, T_OidList, pos, list_make_oid_cell(datum));
}

List *
list_concat_copy(const List *list1, const List *list2)
{
	return list_concat(list_copy(list1), list2);
}

List *
list_concat(List *list1, const List *list2)
{
	if (list1 == NIL)
		return list_copy(list2);
	if (list2 == NIL)
		return list1;
	Assert(list1->type == list2->type);

	/* Both may be the same list. */
	const int added = list2->length;

	make_room(list1, list1->length + added);
	std::copy_n(list2->elements, added, list1->elements + list1->length);
	list1->length += added;
	return list1;
}

List *
list_truncate(List *list, int new_size)
{
	if (new_size <= 0)
		return NIL;
	if (new_size < list_length(list))
		list->length = new_size;
	return list;
}

bool
list_member(const List *list, const void *datum)
{
	return has<Nodes>(list, list_make_ptr_cell(datum));
}

bool
list_member_ptr(const List *list, const void *datum)
{
	return find_cell(list, is_pointer(datum)) >= 0;
}

bool
list_member_int(const List *list, int datum)
{
	return find_cell(list, is_int(datum)) >= 0;
}

bool
list_member_oid(const List *list, Oid datum)
{
	return find_cell(list, is_oid(datum)) >= 0;
}

List *
list_delete(List *list, void *datum)
{
	return remove_first(list, [&](const ListCell &cell) { return equal(cell.ptr_value, datum); });
}

List *
list_delete_ptr(List *list, void *datum)
{
	return remove_first(list, is_pointer(datum));
}

List *
list_delete_int(List *list, int datum)
{
	return remove_first(list, is_int(datum));
}

List *
list_delete_oid(List *list, Oid datum)
{
	return remove_first(list, is_oid(datum));
}

List *
list_delete_first(List *list)
{
	return list == NIL ? NIL : remove_cell(list, 0);
}

List *
list_delete_first_n(List *list, int n)
{
	if (n <= 0)
		return list;
	if (n >= list_length(list))
	{
		list_free(list);
		return NIL;
	}
	std::copy(list->elements + n, list->elements + list->length, list->elements);
	list->length -= n;
	return list;
}

List *
list_delete_last(List *list)
{
	return list == NIL ? NIL : remove_cell(list, list->length - 1);
}

List *
list_delete_nth_cell(List *list, int n)
{
	return remove_cell(list, n);
}

List *
list_delete_cell(List *list, ListCell *cell)
{
	return remove_cell(list, list_cell_number(list, cell));
}

List *
list_copy(const List *list)
{
	return list_copy_tail(list, 0);
}

List *
list_copy_tail(const List *list, int nskip)
{
	nskip = std::max(nskip, 0);
	if (nskip >= list_length(list))
		return NIL;

	List *copy = new_list(list->type, list->length - nskip);

	std::copy_n(list->elements + nskip, copy->length, copy->elements);
	return copy;
}

List *
list_copy_head(const List *oldlist, int len)
{
	if (len <= 0 || oldlist == NIL)
		return NIL;
	len = std::min(len, oldlist->length);

	List *copy = new_list(oldlist->type, len);

	std::copy_n(oldlist->elements, len, copy->elements);
	return copy;
}

List *
list_copy_deep(const List *oldlist)
{
	List *copy = list_copy(oldlist);

	if (copy != NIL && copy->type == T_List)
		for (int i = 0; i < copy->length; i++)
			copy->elements[i].ptr_value = copyObjectImpl(copy->elements[i].ptr_value);
	return copy;
}

void
list_deduplicate_oid(List *list)
{
	if (list != NIL)
		list->length = static_cast<int>(
			std::unique(list->elements, list->elements + list->length, Oids::same) -
			list->elements);
}

int
list_int_cmp(const ListCell *p1, const ListCell *p2)
{
	return compare(p1->int_value, p2->int_value);
}

int
list_oid_cmp(const ListCell *p1, const ListCell *p2)
{
	return compare(p1->oid_value, p2->oid_value);
}

List *
list_append_unique(List *list, void *datum)
{
	return append_unique<Nodes>(list, list_make_ptr_cell(datum));
}

List *
list_concat_unique(List *list1, const List *list2)
{
	return concat_unique<Nodes>(list1, list2);
}

List *
list_union(const List *list1, const List *list2)
{
	return concat_unique<Nodes>(list_copy(list1), list2);
}

List *
list_difference(const List *list1, const List *list2)
{
	return select_cells<Nodes>(list1, list2, false);
}

List *
list_intersection(const List *list1, const List *list2)
{
	return select_cells<Nodes>(list1, list2, true);
}

List *
list_append_unique_ptr(List *list, void *datum)
{
	return append_unique<Pointers>(list, list_make_ptr_cell(datum));
}

List *
list_concat_unique_ptr(List *list1, const List *list2)
{
	return concat_unique<Pointers>(list1, list2);
}

List *
list_union_ptr(const List *list1, const List *list2)
{
	return concat_unique<Pointers>(list_copy(list1), list2);
}

List *
list_difference_ptr(const List *list1, const List *list2)
{
	return select_cells<Pointers>(list1, list2, false);
}

List *
list_append_unique_int(List *list, int datum)
{
	return append_unique<Ints>(list, list_make_int_cell(datum));
}

List *
list_concat_unique_int(List *list1, const List *list2)
{
	return concat_unique<Ints>(list1, list2);
}

List *
list_union_int(const List *list1, const List *list2)
{
	return concat_unique<Ints>(list_copy(list1), list2);
}

List *
list_difference_int(const List *list1, const List *list2)
{
	return select_cells<Ints>(list1, list2, false);
}

List *
list_intersection_int(const List *list1, const List *list2)
{
	return select_cells<Ints>(list1, list2, true);
}

List *
list_append_unique_oid(List *list, Oid datum)
{
	return append_unique<Oids>(list, list_make_oid_cell(datum));
}

List *
list_concat_unique_oid(List *list1, const List *list2)
{
	return concat_unique<Oids>(list1, list2);
}

List *
list_union_oid(const List *list1, const List *list2)
{
	return concat_unique<Oids>(list_copy(list1), list2);
}

List *
list_difference_oid(const List *list1, const List *list2)
{
	return select_cells<Oids>(list1, list2, false);
}

void
list_sort(List *list, list_sort_comparator cmp)
{
	/* Merges runs of growing length between two arrays; a comparator that jumps out leaks nothing, since
	 * the second array belongs to a memory context. */
	const int count = list_length(list);

	if (count < 2)
		return;

	auto *spare = static_cast<ListCell *>(palloc(count * sizeof(ListCell)));
	ListCell *from = list->elements;
	ListCell *to = spare;

	for (int width = 1; width < count; width *= 2)
	{
		for (int start = 0; start < count; start += 2 * width)
			merge_runs(from, to, start, std::min(start + width, count),
					   std::min(start + 2 * width, count), cmp);
		std::swap(from, to);
	}
	if (from != list->elements)
		std::copy_n(from, count, list->elements);
	pfree(spare);
}

void
list_free(List *list)
{
	if (list == NIL)
		return;
	if (list->elements != list->initial_elements)
		pfree(list->elements);
	pfree(list);
}

void
list_free_deep(List *list)
{
	for (int i = 0; i < list_length(list); i++)
		pfree(list->elements[i].ptr_value);
	list_free(list);
}
