-- LISTEN, NOTIFY, UNLISTEN and their functions, as far as one session shows them.
SELECT pg_notify('notify_async1', 'sample message1');
SELECT pg_notify('notify_async1', '');
SELECT pg_notify('notify_async1', NULL);
SELECT pg_notify('', 'sample message1');
SELECT pg_notify(NULL, 'sample message1');
SELECT pg_notify('notify_async_channel_name_too_long____________________________________', 'sample_message1');
SELECT pg_notify('c', repeat('x', 7999));
SELECT pg_notify('c', repeat('x', 8000));
NOTIFY notify_async2;
LISTEN notify_async2;
UNLISTEN notify_async2;
UNLISTEN *;
UNLISTEN nothing;

-- channels by what has committed
SELECT pg_listening_channels();
BEGIN;
LISTEN a;
LISTEN "B";
LISTEN a;
SELECT count(*) FROM pg_listening_channels();
COMMIT;
SELECT c FROM pg_listening_channels() AS c ORDER BY 1;
BEGIN;
UNLISTEN a;
LISTEN c;
ROLLBACK;
SELECT c FROM pg_listening_channels() AS c ORDER BY 1;
BEGIN;
SAVEPOINT s;
LISTEN d;
ROLLBACK TO s;
LISTEN e;
UNLISTEN "B";
COMMIT;
SELECT c FROM pg_listening_channels() AS c ORDER BY 1;
BEGIN;
UNLISTEN *;
LISTEN f;
COMMIT;
SELECT pg_listening_channels();
DISCARD ALL;
SELECT pg_listening_channels();

SELECT pg_notification_queue_usage();
