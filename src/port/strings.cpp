/*
 * strings.cpp
 *		Strings of port.h: bounded copies, comparison without case, the printf family, strerror.
 *
 * Every process and client programs.  Never raises, never allocates.
 */
#include "postgres.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "port.h"

#if !defined(HAVE_DECL_STRLCPY) || !HAVE_DECL_STRLCPY
size_t
strlcpy(char *dst, const char *src, size_t siz)
{
	const size_t length = strlen(src);

	if (siz > 0)
	{
		const size_t copied = length < siz ? length : siz - 1;

		memcpy(dst, src, copied);
		dst[copied] = '\0';
	}
	return length;
}
#endif

#if !defined(HAVE_DECL_STRLCAT) || !HAVE_DECL_STRLCAT
size_t
strlcat(char *dst, const char *src, size_t siz)
{
	const size_t used = strnlen(dst, siz);

	return used + strlcpy(dst + used, src, siz - used);
}
#endif

unsigned char
pg_ascii_toupper(unsigned char ch)
{
	return ch >= 'a' && ch <= 'z' ? ch - 'a' + 'A' : ch;
}

unsigned char
pg_ascii_tolower(unsigned char ch)
{
	return ch >= 'A' && ch <= 'Z' ? ch - 'A' + 'a' : ch;
}

unsigned char
pg_toupper(unsigned char ch)
{
	return IS_HIGHBIT_SET(ch) ? static_cast<unsigned char>(toupper(ch)) : pg_ascii_toupper(ch);
}

unsigned char
pg_tolower(unsigned char ch)
{
	return IS_HIGHBIT_SET(ch) ? static_cast<unsigned char>(tolower(ch)) : pg_ascii_tolower(ch);
}

int
pg_strncasecmp(const char *s1, const char *s2, size_t n)
{
	for (size_t i = 0; i < n; i++)
	{
		const unsigned char a = static_cast<unsigned char>(s1[i]);
		const unsigned char b = static_cast<unsigned char>(s2[i]);

		if (a != b && pg_tolower(a) != pg_tolower(b))
			return static_cast<int>(pg_tolower(a)) - static_cast<int>(pg_tolower(b));
		if (a == '\0')
			break;
	}
	return 0;
}

int
pg_strcasecmp(const char *s1, const char *s2)
{
	return pg_strncasecmp(s1, s2, SIZE_MAX);
}

int
pg_vsnprintf(char *str, size_t count, const char *fmt, va_list args)
{
	return vsnprintf(str, count, fmt, args);
}

int
pg_vsprintf(char *str, const char *fmt, va_list args)
{
	return vsprintf(str, fmt, args);
}

int
pg_vfprintf(FILE *stream, const char *fmt, va_list args)
{
	return vfprintf(stream, fmt, args);
}

int
pg_vprintf(const char *fmt, va_list args)
{
	return vprintf(fmt, args);
}

int
pg_snprintf(char *str, size_t count, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	const int length = vsnprintf(str, count, fmt, args);
	va_end(args);
	return length;
}

int
pg_sprintf(char *str, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	const int length = vsprintf(str, fmt, args);
	va_end(args);
	return length;
}

int
pg_fprintf(FILE *stream, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	const int length = vfprintf(stream, fmt, args);
	va_end(args);
	return length;
}

int
pg_printf(const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	const int length = vprintf(fmt, args);
	va_end(args);
	return length;
}

char *
pg_strerror(int errnum)
{
	static char buffer[256];

	/* glibc's variant: the text may be its own constant instead of the buffer. */
	const char *text = strerror_r(errnum, buffer, sizeof(buffer));

	if (text != buffer)
		strlcpy(buffer, text, sizeof(buffer));
	return buffer;
}

void
pg_qsort(void *base, size_t nel, size_t elsize, int (*cmp)(const void *, const void *))
{
	qsort(base, nel, elsize, cmp);
}
