"""Bring PostgreSQL's users and databases to what is wanted. Runs on the server, reads JSON from standard input.

Input: check, port, users, databases. Output: JSON with changed and actions (no passwords in it).
A password is compared with the stored SCRAM verifier and sent as a verifier, so it reaches no command line and no log.
"""
import base64
import hashlib
import hmac
import json
import os
import subprocess
import sys
import unicodedata

ROUNDS = 4096
FLAGS = {'superuser': 'rolsuper', 'createdb': 'rolcreatedb', 'createrole': 'rolcreaterole'}


def run_sql(sql, port):
    """Run SQL as the user postgres and give the answer's lines."""
    command = ['runuser', '-u', 'postgres', '--', 'psql', '-XAtq', '-v', 'ON_ERROR_STOP=1', '-p', str(port), '-d', 'postgres']
    done = subprocess.run(command, input=sql, stdout=subprocess.PIPE, stderr=subprocess.PIPE, universal_newlines=True, cwd='/')
    if done.returncode:
        sys.exit(done.stderr)
    return done.stdout.splitlines()


def quote_name(name):
    return '"%s"' % name.replace('"', '""')


def quote_text(text):
    return "'%s'" % text.replace("'", "''")


def make_verifier(password, salt, rounds):
    """Give the SCRAM-SHA-256 verifier as PostgreSQL stores it (RFC 5803)."""
    salted = hashlib.pbkdf2_hmac('sha256', unicodedata.normalize('NFKC', password).encode(), salt, rounds)
    stored = hashlib.sha256(hmac.new(salted, b'Client Key', 'sha256').digest()).digest()
    server = hmac.new(salted, b'Server Key', 'sha256').digest()
    salt, stored, server = (base64.b64encode(one).decode() for one in (salt, stored, server))
    return 'SCRAM-SHA-256$%d:%s$%s:%s' % (rounds, salt, stored, server)


def is_password(password, verifier):
    try:
        _, parameters, _ = verifier.split('$')
        rounds, salt = parameters.split(':')
        return hmac.compare_digest(make_verifier(password, base64.b64decode(salt), int(rounds)), verifier)
    except ValueError:
        return False


def plan_user(user, port):
    """Give (what, SQL) for one user."""
    name, quoted = user['name'], quote_name(user['name'])
    found = run_sql("SELECT rolsuper, rolcreatedb, rolcreaterole, coalesce(rolpassword, '') FROM pg_authid WHERE rolname = %s;" % quote_text(name), port)
    if user.get('state', 'present') == 'absent':
        return [('drop user ' + name, 'DROP ROLE %s;' % quoted)] if found else []
    steps = []
    if not found:
        steps.append(('create user ' + name, 'CREATE ROLE %s LOGIN;' % quoted))
        found = ['f|f|f|']
    *flags, verifier = found[0].split('|', 3)
    for (flag, _), now in zip(FLAGS.items(), flags):
        if flag in user and bool(user[flag]) != (now == 't'):
            steps.append(('%s of %s' % (flag, name), 'ALTER ROLE %s %s%s;' % (quoted, '' if user[flag] else 'NO', flag.upper())))
    if user.get('password') and not is_password(user['password'], verifier):
        fresh = make_verifier(user['password'], os.urandom(16), ROUNDS)
        steps.append(('password of ' + name, 'ALTER ROLE %s PASSWORD %s;' % (quoted, quote_text(fresh))))
    return steps


def plan_database(database, port):
    """Give (what, SQL) for one database. Databases are never dropped."""
    name, owner = database['name'], database.get('owner')
    found = run_sql('SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = %s;' % quote_text(name), port)
    if not found:
        options = ' OWNER ' + quote_name(owner) if owner else ''
        options += ' TEMPLATE template0 ENCODING ' + quote_text(database.get('encoding') or 'UTF8')
        return [('create database ' + name, 'CREATE DATABASE %s%s;' % (quote_name(name), options))]
    if owner and found[0] != owner:
        return [('owner of ' + name, 'ALTER DATABASE %s OWNER TO %s;' % (quote_name(name), quote_name(owner)))]
    return []


def main():
    wanted = json.load(sys.stdin)
    port, actions = wanted['port'], []
    plans = [(plan_user, one) for one in wanted['users']] + [(plan_database, one) for one in wanted['databases']]
    for plan, one in plans:
        for what, sql in plan(one, port):
            actions.append(what)
            if not wanted['check']:
                run_sql(sql, port)
    print(json.dumps({'changed': bool(actions), 'actions': actions}))


main()
