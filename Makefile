# The face of dev.py, which does the work and needs only Python.
.PHONY: run test check lock bench

run test check lock:
	python3 dev.py $@

bench:
	.venv/bin/python -m bench
