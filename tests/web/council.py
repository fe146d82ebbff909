#!/usr/bin/env python3
# council.py - console, desk and store of one council together: people log in, see what is theirs, decide, come too late, and are
# sent away; what the browser makes of the pages is told in tests/console.
# SPDX-License-Identifier: GPL-3.0-or-later
"""usage: council.py [FOLDER_OF_PROGRAMS]"""
import base64
import hashlib
import hmac
import html
import http.client
import os
import re
import shutil
import signal
import struct
import subprocess
import tempfile
import threading
import time
import unittest
import urllib.parse

import serve

SAMPLE = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..', 'conf', 'sample')
PASSWORD = 'correct horse battery staple'
MESSAGE = """From: Declan O'Neill <cllr.oneill@marlbrook.example>
To: Ivy Webb <ivy.webb@post.example>
Subject: CONFIDENTIAL: Staffing committee papers %(n)d
Date: Tue, 24 Nov 2026 09:00:00 +0000
Message-ID: <m%(n)d@marlbrook.example>

CONFIDENTIAL

Dear Ivy,

Please find below the confidential staffing paper. <script>alert(1)</script>
The disciplinary case of Mr X is to be heard in part two.

Declan
"""


def one_time_code(secret, at):
    digest = hmac.new(base64.b32decode(secret), struct.pack('>Q', int(at) // 30), hashlib.sha1).digest()
    return '%06d' % ((struct.unpack('>I', digest[digest[-1] & 15:][:4])[0] & 0x7fffffff) % 1000000)


class Browser:
    def __init__(self, port):
        self.port, self.cookies, self.page = port, {}, ''

    def send(self, method, target, form=None):
        connection = http.client.HTTPConnection('127.0.0.1', self.port, timeout=60)
        headers = {'Cookie': '; '.join('%s=%s' % pair for pair in self.cookies.items())}
        if form is not None:
            headers['Content-Type'] = 'application/x-www-form-urlencoded'
            form = urllib.parse.urlencode(form, doseq=True)
        connection.request(method, target, form, headers)
        answer = connection.getresponse()
        self.status, self.location, self.body = answer.status, answer.getheader('Location'), answer.read()
        self.page = self.body.decode('utf-8', 'replace')
        for cookie in answer.headers.get_all('Set-Cookie') or []:
            name, value = cookie.split(';')[0].split('=', 1)
            self.cookies[name] = value
            if 'Max-Age=0' in cookie:
                del self.cookies[name]
        connection.close()
        return self.status

    def get(self, target):
        return self.send('GET', target)

    def token(self):
        return re.search(r'name="csrf" value="([^"]+)"', self.page).group(1)

    def post(self, target, **form):
        """Sends a form of the page that is shown, and follows where it leads."""
        self.send('POST', target, dict(form, csrf=self.token()))
        if self.status == 303:
            self.get(self.location)
        return self.status

    def log_in(self, login, to='/', password=PASSWORD):
        self.get('/login?to=' + urllib.parse.quote(to, safe=''))
        self.post('/login', login=login, password=password, to=to)
        while self.location:
            self.get(self.location)
        return self.status

    def words(self):
        return re.sub(r'\s+', ' ', html.unescape(re.sub(r'<[^>]+>', ' ', self.page)))


class Council(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        """What every test begins with: four held messages and four who may log in."""
        cls.template = tempfile.mkdtemp(prefix='council')
        cls.addClassCleanup(shutil.rmtree, cls.template)
        for name in os.listdir(SAMPLE):
            shutil.copyfile(os.path.join(SAMPLE, name), os.path.join(cls.template, name))
        conf = os.path.join(cls.template, 'copyhold.conf')
        with open(conf, encoding='utf-8') as stream:
            text = stream.read()
        text = re.sub(r'(?m)^user = .*$|^(console|desk) = (.|\n)*?};$', '', text)
        with open(conf, 'w', encoding='utf-8') as stream:
            stream.write(text + '\nstore = "state";\ndesk = { socket = "desk.sock"; };\n')
        for n in range(1, 5):
            path = os.path.join(cls.template, 'm%d.eml' % n)
            with open(path, 'w', encoding='utf-8') as stream:
                stream.write(MESSAGE % {'n': n})
            cls.run_copyhold(conf, 'check', '--auth', 'cllr.oneill@marlbrook.example', '--from', 'cllr.oneill@marlbrook.example', '--rcpt',
                             'ivy.webb@post.example', '--state', os.path.join(cls.template, 'state'), path)
        for login, address, role in (('clerk', 'clerk@marlbrook.example', 'reviewer'), ('mo', 'mo@wexshire.example', 'second-reviewer'),
                                     ('declan', 'cllr.oneill@marlbrook.example', 'member'), ('lena', 'lena.fox@marlbrook.example', 'administrator')):
            cls.run_copyhold(conf, 'user', 'add', '--address', address, '--role', role, '--password-fd', '0', login, given=PASSWORD)
        cls.ids = re.findall(r'CH-\d{8}-\w+', cls.run_copyhold(conf, 'queue', 'list'))
        assert len(cls.ids) == 4

    @staticmethod
    def run_copyhold(conf, *arguments, given=None):
        run = subprocess.run([os.path.join(serve.BUILD, 'copyhold'), '-c', conf] + list(arguments), input=given, capture_output=True, text=True, timeout=60)
        if run.returncode != 0:
            raise AssertionError(run.stderr)
        return run.stdout

    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix='council')
        self.addCleanup(shutil.rmtree, self.folder)
        self.port, self.programs = serve.free_port(), []
        self.addCleanup(self.stop)
        shutil.copytree(self.template, self.folder, dirs_exist_ok=True)
        self.conf = os.path.join(self.folder, 'copyhold.conf')
        with open(self.conf, 'a', encoding='utf-8') as stream:
            stream.write('console = { listen = "127.0.0.1:%d"; };\n' % self.port)
        self.start('copyhold-desk', 'ready')
        self.start('copyhold-console', 'serving')

    def copyhold(self, *arguments):
        return self.run_copyhold(self.conf, *arguments)

    def start(self, name, word):
        log = open(os.path.join(self.folder, name + '.log'), 'w+', encoding='utf-8')
        self.addCleanup(log.close)
        program = subprocess.Popen([os.path.join(serve.BUILD, name), '-c', self.conf], stderr=log)
        self.programs.append(program)
        for _ in range(500):
            log.seek(0)
            if word in log.read():
                return program
            self.assertIsNone(program.poll(), name + ' ended')
            time.sleep(0.02)
        return self.fail('%s does not start' % name)

    def stop(self):
        for program in reversed(self.programs):
            program.send_signal(signal.SIGTERM)
        codes = [program.wait(30) for program in self.programs]
        self.programs = []
        self.assertEqual(set(codes) - {0}, set())

    def test_a_clerk(self):
        browser = Browser(self.port)
        self.assertEqual(browser.get('/message/' + self.ids[0]), 303)
        self.assertEqual(browser.log_in('clerk', '/message/' + self.ids[0]), 200)
        self.assertIn("Declan O'Neill", browser.words())
        self.assertNotIn('staffing paper', browser.words())
        browser.post('/message/%s/content' % self.ids[0], reason='To decide')
        self.assertEqual(browser.status, 200)
        self.assertIn('staffing paper. <script>alert(1)</script>', browser.words())
        self.assertNotIn('<script', browser.page)
        self.assertEqual(browser.get('/desk'), 200)
        self.assertEqual([part in browser.page for part in self.ids], [True] * 4)
        # Without a reason: nothing is decided, the page says why and keeps what was written.
        browser.get('/message/' + self.ids[0])
        self.assertEqual(browser.post('/message/%s/decide' % self.ids[0], deed='pass', note='Kept words'), 400)
        self.assertIn('Kept words', browser.page)
        self.assertIn('Please note:', browser.words())
        self.assertEqual(browser.post('/message/%s/decide' % self.ids[0], deed='pass', reason='other', note='She knows more'), 200)
        self.assertIn('Done:', browser.words())
        for form, begins in (('csv', b'\xef\xbb\xbfSection,'), ('html', b'<!DOCTYPE html>'), ('text', b'Correspondence figures: '), ('json', b'{')):
            browser.get('/statistics')
            self.assertEqual(browser.post('/report', form=form), 200)
            self.assertTrue(browser.body.startswith(begins), browser.body[:80])
        browser.get('/desk')
        self.assertEqual(browser.post('/bulk/decide', ids=self.ids[2:], deed='return', reason='Please send it again without the annex.', count=3), 400)
        browser.get('/desk')
        self.assertEqual(browser.post('/bulk', ids=self.ids[2:], page=1), 200)
        self.assertEqual(browser.post('/bulk/decide', ids=self.ids[2:], deed='return', reason='Please send it again without the annex.', count=2), 200)
        # The log-out ends the session itself, not only the cookie.
        kept = dict(browser.cookies)
        browser.post('/logout')
        self.assertIn('You are logged out', browser.words())
        browser.cookies = kept
        self.assertEqual(browser.get('/desk'), 303)
        self.assertIn('why=ended', browser.location)
        for name in ('copyhold-desk', 'copyhold-console'):
            with open(os.path.join(self.folder, name + '.log'), encoding='utf-8') as log:
                self.assertNotIn(PASSWORD, log.read())

    def test_who_may_what(self):
        member, administrator = Browser(self.port), Browser(self.port)
        self.assertEqual(member.log_in('declan'), 200)
        for path in ('/desk', '/message/' + self.ids[0], '/search?text=x', '/status', '/journal'):
            self.assertEqual(member.get(path), 403, path)
            self.assertNotIn('ivy.webb', member.page)
        member.get('/own')
        self.assertEqual(member.post('/message/%s/decide' % self.ids[0], deed='release', reason='other', note='x'), 403)
        self.assertEqual(administrator.log_in('lena'), 200)
        self.assertEqual(administrator.get('/status'), 200)
        self.assertEqual(administrator.get('/message/' + self.ids[0]), 403)
        self.assertEqual(administrator.get('/message/no-such-message'), 403)

    def test_two_at_once(self):
        one, two = Browser(self.port), Browser(self.port)
        one.log_in('clerk', '/message/' + self.ids[1])
        two.log_in('clerk', '/message/' + self.ids[1])
        codes = []

        def decide(browser, deed):
            browser.send('POST', '/message/%s/decide' % self.ids[1], {'csrf': browser.token(), 'deed': deed, 'reason': 'other', 'note': 'x', 'only_if': 'held'})
            codes.append(browser.status)
        threads = [threading.Thread(target=decide, args=pair) for pair in ((one, 'return'), (two, 'release'))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(sorted(codes), [303, 409])
        loser = one if one.status == 409 else two
        self.assertIn('Ruth Ames', loser.words())
        self.assertEqual(loser.get('/message/no-such-message'), 404)

    def test_codes_and_guesses(self):
        secret = re.search(r'secret=([A-Z2-7]+)', self.copyhold('user', 'totp', 'clerk')).group(1)
        browser = Browser(self.port)
        browser.get('/login?to=%2Fsearch')
        self.assertEqual(browser.post('/login', login='clerk', password=PASSWORD, to='/search'), 200)
        carried = re.search(r'name="carried" value="([^"]+)"', browser.page).group(1)
        self.assertNotIn(PASSWORD, browser.page)
        wrong = '%06d' % ((int(one_time_code(secret, time.time())) + 500000) % 1000000)
        self.assertEqual(browser.post('/login', carried=carried, code=wrong, to='/search'), 403)
        browser.post('/login', carried=carried, code=one_time_code(secret, time.time()), to='/search')
        self.assertEqual((browser.status, 'Log out' in browser.page), (200, True))
        stranger = Browser(self.port)
        for _ in range(12):
            stranger.get('/login')
            stranger.post('/login', login='mo', password='a guess of mine')
            if stranger.status == 429:
                break
            self.assertEqual(stranger.status, 403)
        self.assertEqual(stranger.status, 429)
        self.assertIn('Please wait', stranger.words())

    def test_the_desk_goes_and_comes(self):
        browser = Browser(self.port)
        browser.log_in('clerk', '/desk')
        desk = self.programs.pop(0)
        desk.send_signal(signal.SIGTERM)
        self.assertEqual(desk.wait(30), 0)
        self.assertEqual(browser.get('/desk'), 503)
        self.assertIn('does not answer just now', browser.words())
        self.start('copyhold-desk', 'ready')
        self.assertEqual(browser.get('/desk'), 303)
        self.assertEqual(browser.log_in('clerk', '/desk'), 200)


if __name__ == '__main__':
    unittest.main()
