"""`python -m tests.eval` scores answers and reviews on every labelled set; exits 1 where a hard bound is broken.

Each half of a set is reported apart: the tuning half may be looked into, the kept half only counted.
"""

import subprocess
import sys

RUNS = {
    "Questions, by someone who has not read the code": "tests.eval.run_questions",
    "Sessions, by someone who has not read the code": "tests.eval.run_sessions",
    "Elements, by the author of the rules": "tests.eval.run_elements",
    "Copies, by the author of the rules": "tests.eval.run_copies",
    "Identifiers, by someone who has not read the rules": "tests.eval.run_identifiers",
    "Wordings, each statement on file as it stands and changed": "tests.eval.run_wordings",
}


def main() -> int:
    failed = 0
    for title, module in RUNS.items():
        print(f"\n# {title}\n", flush=True)
        failed |= subprocess.run([sys.executable, "-m", module], check=False).returncode
    return failed


if __name__ == "__main__":
    sys.exit(main())
