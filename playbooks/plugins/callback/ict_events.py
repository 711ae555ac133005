# JSON-lines event stream for a supervising program. Runs next to any stdout callback.
from __future__ import annotations

DOCUMENTATION = '''
    name: ict_events
    type: notification
    short_description: one JSON object per Ansible event, written as it happens
    description:
      - Writes every play, task and host event as one JSON line to a file descriptor or a file.
      - Works beside the normal (human) stdout callback, so both streams are live.
    options:
      fd:
        description: Number of an inherited, open file descriptor to write to.
        type: int
        env: [{name: ICT_EVENTS_FD}]
        ini: [{section: callback_ict_events, key: fd}]
      path:
        description: File to append to, used when no fd is given.
        type: str
        env: [{name: ICT_EVENTS_PATH}]
        ini: [{section: callback_ict_events, key: path}]
      max_text:
        description: Longest text kept of stdout, stderr, msg and diff, in characters.
        type: int
        default: 16384
        env: [{name: ICT_EVENTS_MAX_TEXT}]
        ini: [{section: callback_ict_events, key: max_text}]
'''

import json
import os
import time

from ansible.plugins.callback import CallbackBase

KEEP = ('msg', 'rc', 'stdout', 'stderr', 'reason', 'module_stdout', 'module_stderr', 'skip_reason', 'attempts', 'cmd', 'censored', 'results_file', 'finished', 'ansible_job_id')
TEXT = {'msg', 'stdout', 'stderr', 'module_stdout', 'module_stderr'}


class CallbackModule(CallbackBase):
    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = 'notification'
    CALLBACK_NAME = 'ict_events'
    # Silent unless a sink is configured, so that plain `ansible-playbook` runs are not affected.
    CALLBACK_NEEDS_ENABLED = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._out = None
        self._seq = 0
        self._play = None
        self._started = {}

    def set_options(self, task_keys=None, var_options=None, direct=None):
        super().set_options(task_keys=task_keys, var_options=var_options, direct=direct)
        self._max = self.get_option('max_text')
        fd, path = self.get_option('fd'), self.get_option('path')
        try:
            if fd is not None:
                self._out = os.fdopen(os.dup(fd), 'w', encoding='utf-8', errors='replace')
                os.set_inheritable(self._out.fileno(), False)
            elif path:
                self._out = open(path, 'a', encoding='utf-8', errors='replace')
        except OSError as e:
            self._display.warning('ict_events: no event stream: %s' % e)
        if self._out is None:
            self.disabled = True

    def _emit(self, event, **fields):
        if self._out is None:
            return
        self._seq += 1
        record = {'v': 1, 'seq': self._seq, 'ts': round(time.time(), 3), 'event': event}
        record.update((k, v) for k, v in fields.items() if v is not None)
        try:
            self._out.write(json.dumps(record, default=str, ensure_ascii=False, separators=(',', ':')) + '\n')
            self._out.flush()
        except (OSError, ValueError):  # the reader is gone: go on without it
            self._out = None

    def _cut(self, text):
        text = text if isinstance(text, str) else json.dumps(text, default=str, ensure_ascii=False)
        return text if len(text) <= self._max else text[:self._max] + '\n... %d characters left out' % (len(text) - self._max)

    @staticmethod
    def _task(task):
        where = task.get_path() or ''
        path, _, line = where.rpartition(':')
        role = task._role.get_name() if task._role else None
        return {'id': task._uuid, 'name': task.get_name().strip(), 'action': task.action, 'role': role,
                'path': path or where or None, 'line': int(line) if line.isdigit() else None}

    def _result(self, event, result, **extra):
        task, host = result._task, result._host.get_name()
        res = result._result
        data = {}
        for k in KEEP:
            if k in res and res[k] not in (None, ''):
                data[k] = self._cut(res[k]) if k in TEXT else res[k]
        if res.get('diff') and (extra.get('changed') or res.get('changed')) and not task.no_log:
            data['diff'] = self._cut(self._get_diff(res['diff']))
        if 'exception' in res:
            data['exception'] = self._cut(res['exception'])
        started = self._started.get((task._uuid, host))
        duration = round(time.time() - started, 3) if started else None
        self._emit(event, host=host, task=self._task(task), changed=bool(res.get('changed')), duration=duration, result=data, **extra)

    # --- run, play, task -------------------------------------------------
    def v2_playbook_on_start(self, playbook):
        from ansible.release import __version__
        self._emit('run_start', playbook=os.path.abspath(playbook._file_name), ansible=__version__, pid=os.getpid())

    def v2_playbook_on_play_start(self, play):
        self._play = play
        hosts = None
        try:
            hosts = [h.get_name() for h in play.get_variable_manager()._inventory.get_hosts(play.hosts)]
        except Exception:
            pass
        self._emit('play_start', play={'id': play._uuid, 'name': play.get_name().strip()}, hosts=hosts)

    def v2_playbook_on_no_hosts_matched(self):
        self._emit('no_hosts_matched')

    def v2_playbook_on_no_hosts_remaining(self):
        self._emit('no_hosts_remaining')

    def v2_playbook_on_task_start(self, task, is_conditional):
        self._emit('task_start', task=self._task(task))

    def v2_playbook_on_handler_task_start(self, task):
        self._emit('task_start', task=self._task(task), handler=True)

    def v2_playbook_on_include(self, included_file):
        self._emit('include', file=included_file._filename, hosts=[h.get_name() for h in included_file._hosts])

    # --- host results ----------------------------------------------------
    def v2_runner_on_start(self, host, task):
        self._started[(task._uuid, host.get_name())] = time.time()
        self._emit('host_start', host=host.get_name(), task=self._task(task))

    def v2_runner_on_ok(self, result):
        self._result('host_ok', result)

    def v2_runner_on_failed(self, result, ignore_errors=False):
        self._result('host_failed', result, ignored=bool(ignore_errors))

    def v2_runner_on_unreachable(self, result):
        self._result('host_unreachable', result)

    def v2_runner_on_skipped(self, result):
        self._result('host_skipped', result)

    def v2_runner_retry(self, result):
        self._result('host_retry', result, retries=result._result.get('retries'))

    def v2_runner_on_async_poll(self, result):
        self._result('host_async_poll', result)

    def v2_runner_item_on_ok(self, result):
        self._result('item_ok', result, item=self._item(result))

    def v2_runner_item_on_failed(self, result):
        self._result('item_failed', result, item=self._item(result))

    def v2_runner_item_on_skipped(self, result):
        self._result('item_skipped', result, item=self._item(result))

    def _item(self, result):
        return self._cut(self._get_item_label(result._result)) if not result._task.no_log else None

    def v2_playbook_on_stats(self, stats):
        self._emit('run_end', stats={h: stats.summarize(h) for h in sorted(stats.processed)})
