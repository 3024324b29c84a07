#!/usr/bin/env python3
"""embed-model.py MODEL OUT: a header that says where the model lies, new whenever the model is."""

import hashlib
import os
import sys

with open(sys.argv[1], "rb") as model:
    digest = hashlib.sha256(model.read()).hexdigest()
with open(sys.argv[2], "w", encoding="utf-8") as out:
    out.write('/* Generated. SHA-256 of the model: %s */\n#define MQ_MOOD_MODEL_PATH "%s"\n' % (digest, os.path.abspath(sys.argv[1])))
