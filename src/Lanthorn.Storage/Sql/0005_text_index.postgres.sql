-- PostgreSQL gathers what comes into its text index by itself.
select 1;
