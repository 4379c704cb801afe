CREATE VIEW config_view AS SELECT @extschema:test_ext_a@.a_next(1) AS two;
