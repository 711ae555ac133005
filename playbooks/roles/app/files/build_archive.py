"""Hash a folder, and pack it once. Runs on the controller with Python's own library only.

usage: build_archive.py SOURCE CACHE_FOLDER yes|no [PATTERN...]
Prints JSON: hash (of names, modes, link targets and contents, not of times), files, bytes, and with "yes" archive (path).
A pattern fits a name anywhere in the tree, or a path from SOURCE on; "*" also fits "/".
"""
import fcntl
import fnmatch
import hashlib
import json
import os
import stat
import sys
import tarfile
import time

ALWAYS_LEFT_OUT = ('.git', '.hg', '.svn', '.ict')
CACHE_SECONDS = 24 * 3600


def is_left_out(path, patterns):
    """Tell whether a pattern fits the path (relative, with slashes) or its last name."""
    name = path.rsplit('/', 1)[-1]
    return any(fnmatch.fnmatchcase(name, one) or fnmatch.fnmatchcase(path, one) for one in patterns)


def list_entries(source, patterns):
    """Give the paths that are delivered, sorted: folders, files and symbolic links."""
    found = []
    for folder, folders, files in os.walk(source):
        inside = os.path.relpath(folder, source)
        prefix = '' if inside == '.' else inside + '/'
        folders[:] = sorted(name for name in folders if not is_left_out(prefix + name, patterns))
        found += [prefix + name for name in folders]
        found += [prefix + name for name in files if not is_left_out(prefix + name, patterns)]
    return sorted(found)


def hash_entries(source, entries):
    """Give the hash of all entries, the number of files and their bytes."""
    total, files, size = hashlib.sha256(), 0, 0
    for path in entries:
        full = os.path.join(source, path)
        mode = os.lstat(full).st_mode
        if stat.S_ISLNK(mode):
            kind, content = 'link', os.fsencode(os.readlink(full))
        elif stat.S_ISDIR(mode):
            kind, content = 'folder', b''
        elif stat.S_ISREG(mode):
            digest = hashlib.sha256()
            with open(full, 'rb') as file:
                for block in iter(lambda: file.read(1 << 20), b''):
                    digest.update(block)
                    size += len(block)
            files += 1
            kind, content = 'program' if mode & stat.S_IXUSR else 'file', digest.digest()
        else:
            continue
        total.update(json.dumps([kind, os.fsencode(path).hex(), content.hex()]).encode())
    return total.hexdigest(), files, size


def clean_entry(entry):
    """Leave the controller's users and modes out: only whether a file is a program counts."""
    if not (entry.isreg() or entry.isdir() or entry.issym() or entry.islnk()):
        return None
    entry.uid = entry.gid = 0
    entry.uname = entry.gname = 'root'
    if not entry.issym():
        entry.mode = 0o755 if entry.isdir() or entry.mode & stat.S_IXUSR else 0o644
    return entry


def pack(source, entries, folder, digest):
    """Write the archive unless another host's task has done it, and give its path."""
    os.makedirs(folder, mode=0o700, exist_ok=True)
    archive = os.path.join(folder, digest + '.tar.gz')
    with open(os.path.join(folder, 'lock'), 'w') as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for name in os.listdir(folder):
            path = os.path.join(folder, name)
            if name.endswith(('.tar.gz', '.part')) and path != archive and os.path.getmtime(path) < time.time() - CACHE_SECONDS:
                os.unlink(path)
        if not os.path.exists(archive):
            os.umask(0o077)
            with tarfile.open(archive + '.part', 'w:gz', format=tarfile.PAX_FORMAT, compresslevel=6) as tar:
                tar.dereference = False
                for path in entries:
                    tar.add(os.path.join(source, path), arcname=path, recursive=False, filter=clean_entry)
            os.rename(archive + '.part', archive)
        os.utime(archive)
    return archive


def main():
    source, folder, wants_archive, *patterns = sys.argv[1:]
    if not os.path.isdir(source):
        sys.exit('There is no folder %s' % source)
    patterns = [one.strip().rstrip('/').lstrip('/') for one in patterns if one.strip()]
    entries = list_entries(source, patterns + list(ALWAYS_LEFT_OUT))
    digest, files, size = hash_entries(source, entries)
    if files == 0:
        sys.exit('Nothing to deliver: %s holds no file that is not left out' % source)
    answer = {'hash': digest, 'files': files, 'bytes': size}
    if wants_archive == 'yes':
        answer['archive'] = pack(source, entries, os.path.expanduser(folder), digest)
    print(json.dumps(answer))


main()
