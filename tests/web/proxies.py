#!/usr/bin/env python3
# proxies.py - the recipes of contrib/proxy, in a real nginx, Apache and Caddy, as far as they are installed: each is checked by its own
# test, started on ports of its own, and a log-in goes through it.
# SPDX-License-Identifier: GPL-3.0-or-later
"""usage: proxies.py [FOLDER_OF_PROGRAMS]     exit 77 when none of the three is installed"""
import http.client
import os
import re
import shutil
import signal
import ssl
import subprocess
import sys
import time
import unittest
import urllib.parse

import serve

RECIPES = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..', 'contrib', 'proxy')
NAME = 'desk.council.example'
MODULES = ['mpm_event', 'authz_core', 'headers', 'proxy', 'proxy_http', 'socache_shmcb', 'ssl', 'alias', 'log_config', 'unixd']


def installed(program):
    return shutil.which(program, path=os.environ['PATH'] + ':/usr/sbin:/sbin')


class Proxies(serve.Console):
    def setUp(self):
        super().setUp()
        self.public, self.plain = serve.free_port(), serve.free_port()
        self.proxy = None
        os.chmod(self.folder, 0o755)

    def tearDown(self):
        if self.proxy:
            self.proxy.send_signal(signal.SIGTERM)
            self.proxy.wait(20)
        super().tearDown()

    def recipe(self, name, unix):
        """The recipe with our ports, files and, for the unix socket, its commented line in place of the other."""
        with open(os.path.join(RECIPES, name), encoding='utf-8') as stream:
            text = stream.read()
        if unix:
            text, changed = re.subn(r'(?m)^(\t+)((?:proxy_pass|ProxyPass|reverse_proxy)\b.*127\.0\.0\.1:8025.*)$((?:\n\t+#.*)*?)\n\t+# (\2|proxy_pass.*|ProxyPass.*|reverse_proxy.*)$',
                                    r'\1\4', text)
            self.assertEqual(changed, 1, 'the commented line for a unix socket')
        pem, key = self.certificate(NAME)
        for old, new in (('/run/copyhold-console/console.sock', os.path.join(self.folder, 'console.sock')), ('127.0.0.1:8025', self.host),
                         ('/etc/ssl/certs/desk.council.example.pem', pem), ('/etc/ssl/private/desk.council.example.key', key)):
            text = text.replace(old, new)
        return text

    def write(self, name, text):
        path = os.path.join(self.folder, name)
        with open(path, 'w', encoding='utf-8') as stream:
            stream.write(text)
        return path

    def start_console(self, unix):
        where = 'unix:%s/console.sock' % self.folder if unix else self.host
        self.start('console = { listen = "%s"; address = "https://%s:%d"; };' % (where, NAME, self.public))
        if unix:
            os.chmod(os.path.join(self.folder, 'console.sock'), 0o666)

    def run_proxy(self, check, command):
        run = subprocess.run(check, capture_output=True, text=True, timeout=30)
        self.assertEqual(run.returncode, 0, run.stdout + run.stderr)
        self.proxy = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=dict(os.environ, HOME=self.folder))

    def through(self, method, target, headers=None, body=None):
        trust = ssl.create_default_context()
        trust.check_hostname, trust.verify_mode = False, ssl.CERT_NONE
        connection = http.client.HTTPSConnection('127.0.0.1', self.public, context=trust, timeout=20)
        connection._create_connection = lambda address, *rest: __import__('socket').create_connection(('127.0.0.1', self.public), 20)
        connection.host = NAME
        try:
            return self.request(method, target, dict({'Host': '%s:%d' % (NAME, self.public)}, **(headers or {})), body, connection)
        finally:
            connection.close()

    def walk(self):
        for _ in range(150):
            try:
                page = self.through('GET', '/login?to=%2Fmessage%2Fa%2540b')
                break
            except OSError:
                self.assertIsNone(self.proxy.poll(), 'the proxy ended')
                time.sleep(0.1)
        self.assertEqual(page.status, 200, page.content)
        self.assertEqual(page.getheader('Content-Security-Policy'), serve.POLICY)
        self.assertEqual(page.getheader('Strict-Transport-Security'), 'max-age=31536000')
        self.assertIsNone(page.getheader('Content-Encoding'))
        before = page.getheader('Set-Cookie').split(';')[0]
        self.assertTrue(before.startswith('__Host-copyhold-before='))
        token = re.search(rb'name="csrf" value="([^"]+)"', page.content).group(1).decode()
        headers = {'Cookie': before, 'Content-Type': 'application/x-www-form-urlencoded', 'Origin': 'https://%s:%d' % (NAME, self.public),
                   'X-Forwarded-For': '203.0.113.5', 'Accept-Encoding': 'gzip'}
        answer = self.through('POST', '/login', headers, urllib.parse.urlencode({'csrf': token, 'login': 'clerk', 'password': 'x', 'to': '/message/a%40b'}))
        self.assertEqual((answer.status, answer.getheader('Location')), (303, '/message/a%40b'), answer.content)
        self.assertEqual(self.desk.asked[-1]['client'], '127.0.0.1')  # and not what the browser says of itself
        session = [cookie for cookie in answer.headers.get_all('Set-Cookie') if cookie.startswith('__Host-copyhold=')][0]
        self.assertIn('; Secure', session)
        message = self.through('GET', '/message/a%40b', {'Cookie': session.split(';')[0], 'Accept-Encoding': 'gzip'})
        self.assertEqual((message.status, message.getheader('Content-Encoding')), (200, None))
        self.assertEqual(self.desk.asked[-1]['id'], 'a@b')
        self.assertEqual(self.through('GET', '/message/a%2Fb', {'Cookie': session.split(';')[0]}).status, 404)
        self.assertIn(self.through('POST', '/login', headers, 'a' * 80000).status, (413, 502))

    def nginx(self, unix):
        ports = self.recipe('nginx.conf', unix).replace('listen 443', 'listen 127.0.0.1:%d' % self.public).replace('listen 80', 'listen 127.0.0.1:%d' % self.plain)
        ports = re.sub(r'(?m)^\tlisten \[::\].*\n', '', ports)
        text = 'daemon off;\nmaster_process off;\npid %s/nginx.pid;\nerror_log %s/nginx.log;\nevents {}\nhttp {\n' % (self.folder, self.folder)
        text += ''.join('%s_temp_path %s/%s;\n' % (kind, self.folder, kind) for kind in ('client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'))
        path = self.write('nginx.conf', text + ports + '}\n')
        program = installed('nginx')
        self.start_console(unix)
        self.run_proxy([program, '-t', '-q', '-c', path, '-e', self.folder + '/nginx.log'], [program, '-c', path, '-e', self.folder + '/nginx.log'])
        self.walk()

    def apache(self, unix):
        program, folder = installed('apache2'), '/usr/lib/apache2/modules'
        text = 'ServerRoot %s\nServerName localhost\nPidFile apache.pid\nErrorLog apache.log\nMutex file:%s default\n' % (self.folder, self.folder)
        text += 'Listen 127.0.0.1:%d\nListen 127.0.0.1:%d\n' % (self.public, self.plain)
        if os.geteuid() == 0:
            text += 'User www-data\nGroup www-data\n'
        text += ''.join('LoadModule %s_module %s/mod_%s.so\n' % (name, folder, name) for name in MODULES if os.path.exists('%s/mod_%s.so' % (folder, name)))
        text += self.recipe('apache.conf', unix).replace('*:443', '*:%d' % self.public).replace('*:80>', '*:%d>' % self.plain)
        path = self.write('apache.conf', text)
        self.start_console(unix)
        self.run_proxy([program, '-t', '-f', path], [program, '-f', path, '-D', 'FOREGROUND'])
        self.walk()

    def caddy(self, unix):
        program = installed('caddy')
        text = self.recipe('Caddyfile', unix)
        site = re.sub(r'(?m)^desk\.council\.example \{', 'https://%s:%d {\n\tbind 127.0.0.1\n\ttls %s/%s.pem %s/%s.key' % (NAME, self.public, self.folder, NAME, self.folder, NAME), text)
        path = self.write('Caddyfile', '{\n\tadmin off\n\thttp_port %d\n\tauto_https disable_redirects\n}\n' % self.plain + site)
        self.start_console(unix)
        self.run_proxy([program, 'validate', '--adapter', 'caddyfile', '--config', path], [program, 'run', '--adapter', 'caddyfile', '--config', path])
        self.walk()


def load_tests(loader, tests, pattern):
    """Not serve.py's own tests a second time."""
    suite = unittest.TestSuite()
    for program in ('nginx', 'apache2', 'caddy'):
        for unix in (False, True):
            name = 'test_%s_%s' % (program, 'unix' if unix else 'tcp')
            method = getattr(Proxies, program.replace('apache2', 'apache'))
            setattr(Proxies, name, unittest.skipUnless(installed(program), program + ' is not installed')(lambda self, method=method, unix=unix: method(self, unix)))
            suite.addTest(Proxies(name))
    return suite


if __name__ == '__main__':
    if not any(map(installed, ('nginx', 'apache2', 'caddy'))) or not shutil.which('openssl'):
        print('none of nginx, Apache and Caddy is installed (or no openssl)')
        sys.exit(77)
    unittest.main()
