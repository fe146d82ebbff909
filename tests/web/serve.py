#!/usr/bin/env python3
# serve.py - a real copyhold-console over a fake desk: its sockets, its own TLS, its limits and its end; what whole requests mean is told in
# tests/unit/test_console.c.
# SPDX-License-Identifier: GPL-3.0-or-later
"""usage: serve.py [FOLDER_OF_PROGRAMS]"""
import grp
import http.client
import os
import pwd
import re
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import threading
import time
import unittest
import urllib.parse
import warnings

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from fake_desk import FakeDesk  # noqa: E402

BUILD = os.path.abspath(sys.argv.pop(1) if len(sys.argv) > 1 and not sys.argv[1].startswith('-') else os.environ.get('COPYHOLD_BUILD', '.'))
PROGRAM = os.path.join(BUILD, 'copyhold-console')
POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"


def free_port():
    with socket.socket() as probe:
        probe.bind(('127.0.0.1', 0))
        return probe.getsockname()[1]


class UnixConnection(http.client.HTTPConnection):
    def __init__(self, path):
        super().__init__('localhost', timeout=20)
        self.path = path

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(20)
        self.sock.connect(self.path)


class Console(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix='console')
        self.desk = FakeDesk(os.path.join(self.folder, 'desk.sock'))
        self.program = None
        self.port = free_port()
        self.host = '127.0.0.1:%d' % self.port

    def tearDown(self):
        if self.program and self.program.poll() is None:
            self.program.kill()
            self.program.wait()
        self.desk.socket.close()
        shutil.rmtree(self.folder)

    def configure(self, console):
        path = os.path.join(self.folder, 'copyhold.conf')
        with open(path, 'w', encoding='utf-8') as conf:
            conf.write('council = { name = "Marlbrook"; domains = [ "council.example" ]; };\ndesk = { socket = "desk.sock"; };\n%s\n' % console)
        return path

    def start(self, console=None, options=(), **environment):
        path = self.configure(console or 'console = { listen = "%s"; };' % self.host)
        self.log = open(os.path.join(self.folder, 'log'), 'w+', encoding='utf-8')
        self.addCleanup(self.log.close)
        self.program = subprocess.Popen([PROGRAM, '-c', path] + list(options), stderr=self.log, env=dict(os.environ, **environment))
        for _ in range(200):
            self.log.seek(0)
            if 'serving' in self.log.read():
                return
            self.assertIsNone(self.program.poll(), 'it ended: see its log')
            time.sleep(0.02)
        self.fail('it does not start')

    def stop(self):
        self.program.send_signal(signal.SIGTERM)
        self.assertEqual(self.program.wait(20), 0)

    def refused(self, console, *words):
        run = subprocess.run([PROGRAM, '-t', '-c', self.configure(console)], capture_output=True, text=True, timeout=20)
        self.assertEqual(run.returncode, 78, run.stderr)
        for word in words:
            self.assertIn(word, run.stderr)

    def request(self, method, target, headers=None, body=None, connection=None):
        connection = connection or http.client.HTTPConnection('127.0.0.1', self.port, timeout=20)
        connection.request(method, target, body=body, headers=dict({'Host': self.host}, **(headers or {})))
        answer = connection.getresponse()
        answer.content = answer.read()
        connection.close()
        return answer

    def raw(self, data, timeout=20):
        with socket.create_connection(('127.0.0.1', self.port), timeout=timeout) as connection:
            try:
                connection.sendall(data)
                answer = b''
                while True:
                    piece = connection.recv(65536)
                    if not piece:
                        return answer
                    answer += piece
            except (ConnectionError, TimeoutError):
                return answer

    def log_in(self):
        page = self.request('GET', '/login')
        before = page.getheader('Set-Cookie').split(';')[0]
        token = re.search(rb'name="csrf" value="([^"]+)"', page.content).group(1).decode()
        answer = self.request('POST', '/login', {'Cookie': before, 'Content-Type': 'application/x-www-form-urlencoded', 'Origin': 'http://' + self.host},
                              urllib.parse.urlencode({'csrf': token, 'login': 'clerk', 'password': 'pass wörd', 'to': '/desk'}))
        self.assertEqual((answer.status, answer.getheader('Location')), (303, '/desk'))
        return [cookie.split(';')[0] for cookie in answer.headers.get_all('Set-Cookie') if cookie.startswith('copyhold=')][0]

    def test_walk(self):
        self.start()
        session = self.log_in()
        self.assertEqual(self.desk.asked[0]['password'], 'pass wörd')
        desk = self.request('GET', '/desk', {'Cookie': session})
        self.assertEqual(desk.status, 200)
        self.assertEqual(desk.getheader('Content-Security-Policy'), POLICY)
        self.assertEqual(desk.getheader('Cache-Control'), 'no-store')
        self.assertIn("Siân O&#39;Neill".encode(), desk.content)
        self.assertNotIn(b'<script', desk.content)
        style = re.search(rb'href="(/style-[0-9a-f]{16}\.css)"', desk.content).group(1).decode()
        sheet = self.request('GET', style)
        self.assertEqual((sheet.status, sheet.getheader('Content-Type')), (200, 'text/css; charset=utf-8'))
        self.assertIn('immutable', sheet.getheader('Cache-Control'))
        self.assertNotIn(b'url(', sheet.content)
        message = self.request('GET', '/message/m1', {'Cookie': session})
        token = re.search(rb'name="csrf" value="([^"]+)"', message.content).group(1).decode()
        form = {'Cookie': session, 'Content-Type': 'application/x-www-form-urlencoded', 'Origin': 'null', 'Sec-Fetch-Site': 'same-origin'}
        done = self.request('POST', '/message/m1/decide', form, urllib.parse.urlencode({'csrf': token, 'deed': 'release', 'recipients': 'a@b.example'}))
        self.assertEqual(done.status, 303)
        self.assertEqual(self.desk.asked[-1]['recipients'], ['a@b.example'])
        self.assertIn(b'Your decision is recorded', self.request('GET', done.getheader('Location'), {'Cookie': session}).content)
        head = self.request('HEAD', '/desk', {'Cookie': session})
        self.assertEqual((head.status, head.content), (200, b''))
        self.stop()
        self.log.seek(0)
        self.assertNotIn('pass', self.log.read())

    def test_forged(self):
        self.start()
        session = self.log_in()
        del self.desk.asked[:]
        for headers in ({'Origin': 'https://evil.example'}, {'Sec-Fetch-Site': 'cross-site'}, {}):
            answer = self.request('POST', '/message/m1/decide', dict(headers, Cookie=session, **{'Content-Type': 'application/x-www-form-urlencoded'}), 'deed=release')
            self.assertEqual(answer.status, 403)
        self.assertEqual(self.desk.asked, [])
        self.assertEqual(self.request('GET', '/desk', {'Cookie': session, 'Host': 'evil.example'}).status, 421)
        self.stop()

    def test_octets(self):
        """What no browser sends: never a crash, never a call of the desk, always an end."""
        self.start()
        host = b'Host: ' + self.host.encode() + b'\r\n'
        cookie = b'Cookie: copyhold=abcdefghijklmnopqrstuvwxyz\r\n'
        cases = {
            b'GET /message/%00 HTTP/1.1\r\n' + host + cookie + b'Connection: close\r\n\r\n': b' 404 ',
            b'GET /message/a%00b HTTP/1.1\r\n' + host + cookie + b'Connection: close\r\n\r\n': b' 404 ',
            b'GET /desk?page=1%00 HTTP/1.1\r\n' + host + cookie + b'Connection: close\r\n\r\n': b' 400 ',
            b'GET /../../etc/passwd HTTP/1.1\r\n' + host + b'Connection: close\r\n\r\n': b' 404 ',
            b'GET /' + b'a' * 5000 + b' HTTP/1.1\r\n' + host + b'Connection: close\r\n\r\n': b' 414 ',
            b'GET / HTTP/1.1\r\n' + host + b'X: ' + b'a' * 40000 + b'\r\nConnection: close\r\n\r\n': b' 431 ',
            b'GET / HTTP/1.1\r\n' + host + b'X: ' + b'a' * 400000 + b'\r\n\r\n': None,
            b'GET / HTTP/1.1\r\n' + host + b'a: b\r\n' * 200 + b'Connection: close\r\n\r\n': b' 431 ',
            b'GET / HTTP/1.1\r\n' + host + host + b'Connection: close\r\n\r\n': b' 400 ',
            b'GET / HTTP/1.0\r\n\r\n': b' 400 ',
            b'GET / HTTP/1.1\r\nConnection: close\r\n\r\n': None,
            b'GET http://evil.example/ HTTP/1.1\r\n' + host + b'Connection: close\r\n\r\n': b' 400 ',
            b'DELETE /desk HTTP/1.1\r\n' + host + b'Connection: close\r\n\r\n': b' 405 ',
            b'POST /login HTTP/1.1\r\n' + host + b'Content-Type: text/plain\r\nContent-Length: 3\r\nConnection: close\r\n\r\na=b': b' 415 ',
            b'POST /login HTTP/1.1\r\n' + host + b'Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 70000\r\nConnection: close\r\n\r\n' + b'a' * 70000: b' 413 ',
            b'POST /login HTTP/1.1\r\n' + host + b'Content-Length: 99999999999\r\n\r\n' + b'a' * 3000000: None,
            b'POST /login HTTP/1.1\r\n' + host + b'Content-Length: -1\r\nConnection: close\r\n\r\n': None,
            b'POST /login HTTP/1.1\r\n' + host + b'Transfer-Encoding: chunked\r\nConnection: close\r\n\r\nzz\r\n': None,
            b'\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03': None,
            b'\r\n\r\n\r\n': None,
            b'GET\r\n\r\n': None,
        }
        for data, want in cases.items():
            if want is None:
                threading.Thread(target=self.raw, args=(data, 1), daemon=True).start()
            else:
                answer = self.raw(data)
                self.assertIn(want, answer[:40], data[:80])
                self.assertIn(b'\r\nContent-Security-Policy: ', answer, data[:80])
        time.sleep(1.2)
        self.assertEqual(self.desk.asked, [])
        self.assertEqual(self.request('GET', '/login').status, 200)
        self.stop()

    def test_desk_away(self):
        self.start()
        session = self.log_in()
        self.desk.raw = b'\xff\xff\xff\xff'
        self.assertEqual(self.request('GET', '/desk', {'Cookie': session}).status, 503)
        self.desk.raw = b'\x00\x00\x00\x02[]'
        self.assertEqual(self.request('GET', '/desk', {'Cookie': session}).status, 503)
        self.desk.raw = b'\x00\x00'
        answer = self.request('GET', '/desk', {'Cookie': session})
        self.assertEqual((answer.status, answer.getheader('Retry-After')), (503, '30'))
        self.desk.raw = None
        self.assertEqual(self.request('GET', '/desk', {'Cookie': session}).status, 200)
        self.desk.close()
        self.assertEqual(self.request('GET', '/desk', {'Cookie': session}).status, 503)
        self.desk = FakeDesk(self.desk.path)
        self.assertEqual(self.request('GET', '/desk', {'Cookie': session}).status, 200)
        self.stop()

    def test_one_waits_the_others_do_not(self):
        self.start()
        session = self.log_in()
        self.desk.wait = 2
        slow = [threading.Thread(target=self.request, args=('GET', '/desk', {'Cookie': session})) for _ in range(20)]
        for thread in slow:
            thread.start()
        time.sleep(0.3)
        began = time.monotonic()
        self.assertEqual(self.request('GET', '/login').status, 200)
        self.assertLess(time.monotonic() - began, 1)
        for thread in slow:
            thread.join()
        self.stop()

    def test_many_connections(self):
        """More than are served at once: the surplus waits or is hung up on, and after them all is well."""
        self.start()
        idle = [socket.create_connection(('127.0.0.1', self.port)) for _ in range(400)]
        for connection in idle[:300]:
            try:
                connection.sendall(b'GET /lo')
            except ConnectionError:
                pass
        for connection in idle:
            connection.close()
        for _ in range(50):
            try:
                self.assertEqual(self.request('GET', '/login').status, 200)
                break
            except (ConnectionError, http.client.HTTPException):
                time.sleep(0.1)
        else:
            self.fail('it serves nobody any more')
        self.stop()

    def test_ends_orderly(self):
        self.start()
        session = self.log_in()
        self.desk.wait = 1.5
        answers = []
        thread = threading.Thread(target=lambda: answers.append(self.request('GET', '/status', {'Cookie': session})))
        thread.start()
        time.sleep(0.5)
        self.stop()
        thread.join()
        self.assertEqual([answer.status for answer in answers], [200])
        with self.assertRaises(OSError):
            self.request('GET', '/login')

    def test_unix_socket(self):
        path = os.path.join(self.folder, 'console.sock')
        self.start('console = { listen = "unix:%s"; address = "https://desk.council.example/"; };' % path)
        self.assertEqual(os.stat(path).st_mode & 0o777, 0o600)
        headers = {'Host': 'desk.council.example', 'X-Forwarded-For': '203.0.113.5, 198.51.100.9', 'Cookie': '__Host-copyhold=abcdefghijklmnopqrstuvwxyz'}
        answer = self.request('GET', '/desk', headers, connection=UnixConnection(path))
        self.assertEqual(answer.status, 200)
        self.assertEqual(answer.getheader('Strict-Transport-Security'), 'max-age=31536000')
        self.assertEqual({request['client'] for request in self.desk.asked}, {'198.51.100.9'})
        page = self.request('GET', '/login', {'Host': 'desk.council.example'}, connection=UnixConnection(path))
        self.assertRegex(page.getheader('Set-Cookie'), r'^__Host-copyhold-before=[\w-]+; Path=/; HttpOnly; SameSite=Lax; Secure$')
        self.stop()
        self.assertFalse(os.path.exists(path))

    def certificate(self, name='desk'):
        files = [os.path.join(self.folder, name + end) for end in ('.pem', '.key')]
        subprocess.run(['openssl', 'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2', '-subj', '/CN=' + name,
                        '-addext', 'subjectAltName=IP:127.0.0.1', '-out', files[0], '-keyout', files[1]], check=True, capture_output=True)
        return files

    @unittest.skipUnless(shutil.which('openssl'), 'no openssl to make a certificate with')
    def test_own_tls(self):
        self.certificate()
        self.start('console = { listen = "0.0.0.0:%d"; address = "https://%s"; certificate = "desk.pem"; key = "desk.key"; };' % (self.port, self.host))
        trust = ssl.create_default_context(cafile=os.path.join(self.folder, 'desk.pem'))
        connection = http.client.HTTPSConnection('127.0.0.1', self.port, context=trust, timeout=20)
        answer = self.request('GET', '/desk', {'Cookie': '__Host-copyhold=abcdefghijklmnopqrstuvwxyz', 'X-Forwarded-For': '198.51.100.9'}, connection=connection)
        self.assertEqual(answer.status, 200)
        self.assertEqual(answer.getheader('Strict-Transport-Security'), 'max-age=31536000')
        self.assertEqual({request['client'] for request in self.desk.asked}, {'127.0.0.1'})
        with warnings.catch_warnings():
            warnings.simplefilter('ignore')
            for version, served in ((ssl.TLSVersion.TLSv1_2, True), (ssl.TLSVersion.TLSv1_1, False)):
                context = ssl.create_default_context(cafile=os.path.join(self.folder, 'desk.pem'))
                context.set_ciphers('DEFAULT@SECLEVEL=0')
                context.minimum_version = context.maximum_version = version
                connection = http.client.HTTPSConnection('127.0.0.1', self.port, context=context, timeout=20)
                if served:
                    self.assertEqual(self.request('GET', '/login', connection=connection).status, 200)
                else:
                    with self.assertRaises(OSError):
                        self.request('GET', '/login', connection=connection)
        self.assertNotIn(b'Log in', self.raw(b'GET /login HTTP/1.1\r\nHost: x\r\n\r\n'))
        self.stop()

    def test_settings(self):
        self.refused('', 'no group "console"')
        self.refused('console = { listen = "0.0.0.0:80"; };', 'not loopback')
        self.refused('console = { listen = "[::]:80"; };', 'not loopback')
        self.refused('console = { listen = "192.0.2.1:80"; address = "https://a.example"; };', 'not loopback')
        self.refused('console = { listen = "localhost:80"; };', 'neither unix:/PATH nor ADDRESS:PORT')
        self.refused('console = { listen = "127.0.0.1:0"; };', 'neither')
        self.refused('console = { listen = "127.0.0.1:65536"; };', 'neither')
        self.refused('console = { listen = "unix:/x"; };', 'console.address is missing')
        self.refused('console = { address = "http://desk.council.example"; };', 'in the clear')
        self.refused('console = { address = "http://127.0.0.1.evil.example"; };', 'in the clear')
        self.refused('console = { address = "desk.council.example"; };', 'https://')
        self.refused('console = { address = "https://a.example/desk"; };', 'a path cannot follow')
        self.refused('console = { address = "https://a@b.example"; };', 'a path cannot follow')
        self.refused('console = { certificate = "x.pem"; };', 'go together')
        self.refused('console = { certificate = "x.pem"; key = "x.key"; };', 'x.pem')
        self.refused('console = { listen = "127.0.0.1:8025"; group = "www-data"; };', 'for a unix socket')
        self.refused('console = { lisen = "127.0.0.1:8025"; };', 'did you mean "listen"')
        run = subprocess.run([PROGRAM, '-t', '-c', self.configure('console = { address = "https://a.example:8443"; };')], capture_output=True, text=True, timeout=20)
        self.assertEqual((run.returncode, run.stderr), (0, ''))

    @unittest.skipUnless(shutil.which('openssl'), 'no openssl to make a certificate with')
    def test_certificate_and_key_of_two(self):
        self.certificate(), self.certificate('other')
        path = self.configure('console = { listen = "127.0.0.1:%d"; certificate = "desk.pem"; key = "other.key"; };' % self.port)
        run = subprocess.run([PROGRAM, '-c', path], capture_output=True, text=True, timeout=20)
        self.assertEqual(run.returncode, 78)
        self.assertIn('do not fit each other', run.stderr)

    @unittest.skipUnless(os.geteuid() == 0, 'only root can become somebody else')
    def test_gives_up_root(self):
        """The key is root's, the socket the proxy's group's, the process nobody's."""
        self.certificate()
        os.chmod(self.folder, 0o755)
        os.chmod(os.path.join(self.folder, 'desk.key'), 0o600)
        os.chmod(self.desk.path, 0o666)
        path = os.path.join(self.folder, 'console.sock')
        settings = 'console = { listen = "unix:%s"; group = "www-data"; address = "https://desk.council.example"; certificate = "desk.pem"; key = "desk.key"; };' % path
        self.start(settings, options=['--user', 'nobody'])
        nobody, group = pwd.getpwnam('nobody'), grp.getgrnam('www-data')
        made = os.stat(path)
        self.assertEqual((made.st_uid, made.st_gid, made.st_mode & 0o777), (nobody.pw_uid, group.gr_gid, 0o660))
        with open('/proc/%d/status' % self.program.pid, encoding='ascii') as status:
            words = dict(line.split(':', 1) for line in status)
        self.assertEqual(set(words['Uid'].split()), {str(nobody.pw_uid)})
        self.assertEqual(int(words['CapEff'], 16), 0)
        trust = ssl.create_default_context()
        trust.check_hostname, trust.verify_mode = False, ssl.CERT_NONE
        connection = UnixConnection(path)
        connection.connect()
        connection.sock = trust.wrap_socket(connection.sock)
        self.assertEqual(self.request('GET', '/login', {'Host': 'desk.council.example'}, connection=connection).status, 200)
        self.program.send_signal(signal.SIGTERM)
        self.assertEqual(self.program.wait(20), 0)

    def test_tells_the_service_manager(self):
        path = os.path.join(self.folder, 'notify')
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
            manager.bind(path)
            manager.settimeout(20)
            self.start(NOTIFY_SOCKET=path)
            self.assertEqual(manager.recv(100), b'READY=1')
            self.program.send_signal(signal.SIGHUP)
            time.sleep(0.2)
            self.assertIsNone(self.program.poll())
            self.stop()
            self.assertEqual(manager.recv(100), b'STOPPING=1')


if __name__ == '__main__':
    unittest.main()
