#!/usr/bin/env python3
"""A control adapter for lwm2m-conformance, to copy and change.

It speaks the control protocol (docs/control-contract.md) on standard input and
output. The client it controls is the program named on its command line, where
URI, ENDPOINT and CONFIGURATION stand for what a case asks for:

    adapter.py my-client --server URI --endpoint ENDPOINT

The program takes lines like "set /3/0/14 +02" and ends with its input. Without a
program the client is a dictionary.
"""

import json
import subprocess
import sys


class Client:
    """The system under test."""

    def __init__(self, command):
        self.command = command
        self.process = None
        self.values = {}
        self.running = False

    def start(self, setup):
        # setup["peers"] says where the servers are.
        words = {
            "URI": next((peer["uri"] for peer in setup["peers"]), ""),
            "ENDPOINT": setup["endpoint"],
            "CONFIGURATION": setup["configuration"]["id"],
        }
        self.values = {"/3/0/0": "Acme", **setup["configuration"]["values"]}
        self.running = True
        if self.command:
            # Its output must not get between our answers.
            self.process = subprocess.Popen(
                [words.get(word, word) for word in self.command],
                stdin=subprocess.PIPE,
                stdout=sys.stderr,
                text=True,
            )

    def stop(self):
        self.running = False
        if self.process:
            self.process.stdin.close()
            try:
                self.process.wait(timeout=5)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
            self.process = None

    def set(self, stimulus):
        path = stimulus["path"]
        if path == "/3/0/0":
            return {"refused": "the manufacturer cannot be set"}
        self.values[path] = stimulus["value"]
        if self.process:
            self.process.stdin.write(f"set {path} {stimulus['value']}\n")
            self.process.stdin.flush()
        return {}

    def value(self, stimulus):
        return {"told": self.values.get(stimulus["path"])}


class Problem(Exception):
    def __init__(self, code, message):
        super().__init__(message)
        self.code = code


class Adapter:
    def __init__(self, command):
        self.client = Client(command)
        # Every stimulus that can be done; all others are "unsupported".
        self.stimuli = {"set": self.client.set, "value": self.client.value}

    def hello(self, params):
        if 1 not in params["protocols"]:
            raise Problem("control-protocol", "this adapter speaks version 1")
        return {"protocol": 1}

    def describe(self, _params):
        return {
            "name": "example client",
            "version": "1.0",
            "party": "client",
            "stimuli": list(self.stimuli),
        }

    def start(self, params):
        self.client.start(params)
        return {}

    def stimulate(self, params):
        act = self.stimuli.get(params["do"])
        if act is None:
            return "unsupported"
        if not self.client.running:
            return {"failed": "the client has not been started"}
        return act(params)

    def stop(self, _params):
        self.client.stop()
        return None

    def answer(self, line):
        """The answer to one line: a result, or an error that says why not."""
        call_id = None
        try:
            message = json.loads(line)
            call_id = message["id"]
            calls = {
                "hello": self.hello,
                "describe": self.describe,
                "start": self.start,
                "stimulate": self.stimulate,
                "stop": self.stop,
            }
            if message["method"] not in calls:
                raise Problem("unknown-method", f"no call {message['method']}")
            result = calls[message["method"]](message.get("params", {}))
            return {"id": call_id, "result": result}
        except Problem as problem:
            error = {"code": problem.code, "message": str(problem)}
        except Exception as exception:  # an answer is owed whatever happens
            error = {"code": "internal", "message": repr(exception)}
        return {"id": call_id, "error": error}


def main():
    adapter = Adapter(sys.argv[1:])
    for line in sys.stdin:
        # One line each way; flush, or the harness waits for what is in a buffer.
        print(json.dumps(adapter.answer(line)), flush=True)
    adapter.client.stop()


if __name__ == "__main__":
    main()
