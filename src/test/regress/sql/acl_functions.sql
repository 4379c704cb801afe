-- Lists of rights taken apart and put together.
CREATE ROLE regress_acl_owner;
CREATE ROLE "regress acl ""user""";
CREATE TABLE things (id int);
ALTER TABLE things OWNER TO regress_acl_owner;
GRANT SELECT, INSERT ON things TO "regress acl ""user""" WITH GRANT OPTION;
GRANT SELECT ON things TO PUBLIC;
SELECT relacl FROM pg_class WHERE relname = 'things';
SELECT grantor::regrole, CASE WHEN grantee = 0 THEN 'PUBLIC' ELSE grantee::regrole::text END AS grantee, privilege_type, is_grantable
	FROM pg_class, aclexplode(relacl) WHERE relname = 'things' ORDER BY 2, 3;
SELECT count(*) FROM aclexplode(NULL);
SELECT makeaclitem('regress_acl_owner'::regrole, 'regress_acl_owner'::regrole, 'update', true), makeaclitem(0, 'regress_acl_owner'::regrole, 'SELECT', false);

-- defaults of each kind
SELECT kind, acldefault(kind::"char", 'regress_acl_owner'::regrole)
	FROM unnest('{c,r,s,d,f,l,L,n,p,t,F,S,T}'::text[]) AS kind;
SELECT acldefault('x', 10);
SELECT grantee::regrole, privilege_type FROM aclexplode(acldefault('f', 'regress_acl_owner'::regrole)) ORDER BY 1;

-- input
SELECT '=r/regress_acl_owner'::aclitem, '"regress acl ""user"""=ar*w/regress_acl_owner'::aclitem;
SELECT '{regress_acl_owner=arwdDxt/regress_acl_owner,=r/regress_acl_owner}'::aclitem[];
SELECT 'user regress_acl_owner=r/regress_acl_owner'::aclitem;
SELECT 'nobody_at_all=r/regress_acl_owner'::aclitem;
SELECT '=q/regress_acl_owner'::aclitem;
SELECT 'regress_acl_owner'::aclitem;
SELECT makeaclitem('regress_acl_owner'::regrole, 0, 'FLY', false);
DROP TABLE things;
DROP ROLE regress_acl_owner, "regress acl ""user""";
