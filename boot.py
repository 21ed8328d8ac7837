"""Fills .venv from a lock file, by uv where it can be had, else by pip; called by ./linli.

A folder ``wheels`` beside this file holds all packages for a machine without a network: where it is, nothing is fetched.
Runs on the machine's own Python, which may be old (3.7) and may lack pip and ensurepip: standard library only.
"""

import ast
import glob
import os
import pathlib
import re
import shutil
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
VENV = os.path.join(HERE, ".venv")
PYTHON = os.path.join(VENV, "bin", "python")
TOOLS = os.path.join(VENV, "tools")
WHEELS = os.path.join(HERE, "wheels")
OLDEST = (3, 11)
FETCHED = ">=3.11,<3.14"  # the locked packages are made for these
LOCKS = {"run": "requirements.txt", "test": "requirements-dev.txt"}

# pip's settings and the names under which uv expects them: an office that set its mirror for pip has set it for us.
SETTINGS = {
    "index-url": "UV_DEFAULT_INDEX",
    "extra-index-url": "UV_INDEX",
    "find-links": "UV_FIND_LINKS",
    "trusted-host": "UV_INSECURE_HOST",
    "cert": "SSL_CERT_FILE",
    "proxy": "ALL_PROXY",
}


def output(command):
    """Answers None instead of failing: whoever asks has another way to try."""
    try:
        return subprocess.check_output(command, stderr=subprocess.DEVNULL, universal_newlines=True)
    except (OSError, subprocess.CalledProcessError):
        return None


def pip_command():
    """Debian keeps pip's wheel apart from pip; a wheel runs as it lies, so the 1.7 MB of it are enough."""
    if output([sys.executable, "-m", "pip", "--version"]):
        return [sys.executable, "-m", "pip"]
    wheels = sorted(glob.glob("/usr/share/python-wheels/pip-*.whl"))
    return [sys.executable, os.path.join(wheels[-1], "pip")] if wheels else None


def pip_settings(pip):
    """The nearer source wins, as with pip itself: the environment, then [install], then [global]."""
    found = {}
    listing = (output([*pip, "config", "list"]) or "") if pip else ""
    for section in ("global", "install", ":env:"):
        for line in listing.splitlines():
            name, _, value = line.partition("=")
            if name.startswith(section + "."):
                found[name[len(section) + 1 :]] = ast.literal_eval(value)
    return found


def environment(pip):
    """Hashes make every index equally safe, so uv may look for the best match in all of them, as pip does."""
    env = dict(os.environ, UV_PYTHON_INSTALL_DIR=os.path.join(VENV, "python"), UV_INDEX_STRATEGY="unsafe-best-match")
    env.update(PIP_USER="0", PIP_REQUIRE_VIRTUALENV="0", PIP_ROOT_USER_ACTION="ignore")
    env.setdefault("PIP_DISABLE_PIP_VERSION_CHECK", "1")
    env.setdefault("UV_SYSTEM_CERTS", "1")
    settings = pip_settings(pip)
    if os.path.isdir(WHEELS):
        # As an address, because pip takes a blank in a path for the end of it.
        settings = {"no-index": "1", "find-links": pathlib.Path(WHEELS).as_uri()}
        env.update(PIP_FIND_LINKS=settings["find-links"], UV_FIND_LINKS=settings["find-links"])
    env["PIP_NO_INDEX"] = "1" if settings.get("no-index", "").lower() in ("1", "true", "yes", "on") else "0"
    for name, value in settings.items():
        if name in SETTINGS:
            separator = "," if name == "find-links" else " "
            env.setdefault(SETTINGS[name], separator.join(value.split()))
    if "UV_DEFAULT_INDEX" in env:
        env.setdefault("PIP_INDEX_URL", env["UV_DEFAULT_INDEX"])
    if not os.access(os.path.expanduser("~"), os.W_OK):
        env.setdefault("UV_CACHE_DIR", os.path.join(VENV, "cache"))
        env.setdefault("PIP_CACHE_DIR", os.path.join(VENV, "cache", "pip"))
    return env


def good_uv(path):
    """0.5 is the first line of uv that knows the variables which we set."""
    version = re.match(r"uv (\d+)\.(\d+)", output([path, "--version"]) or "")
    return bool(version) and (int(version.group(1)), int(version.group(2))) >= (0, 5)


def find_uv(pip, env):
    """The machine's own, else the locked wheel (for every platform it is made for), else None."""
    fetched = os.path.join(TOOLS, "bin", "uv")
    for path in (shutil.which("uv"), fetched):
        if path and good_uv(path):
            return path
    lock = os.path.join(HERE, "requirements-uv.txt")
    install = ["install", "--quiet", "--only-binary=:all:", "--require-hashes", "--target", TOOLS, "-r", lock]
    if pip and subprocess.call([*pip, *install], env=env, stdout=sys.stderr) == 0:
        return fetched
    say("取不到 uv，改用 pip。", "uv cannot be had; pip does it.")
    return None


def venv_is_sound():
    """An environment whose Python was exchanged by a system upgrade has no folder of packages any more."""
    folder = "import os, sys, sysconfig; print(sys.version_info >= (3, 11) and sysconfig.get_path('purelib') or '')"
    return os.path.isdir((output([PYTHON, "-c", folder]) or "").strip() or os.devnull)


def clear_venv():
    """uv may lie in the same folder, so only what makes the environment goes."""
    for name in ("bin", "lib", "lib64", "include", "share", "pyvenv.cfg"):
        path = os.path.join(VENV, name)
        if os.path.islink(path) or os.path.isfile(path):
            os.remove(path)
        else:
            shutil.rmtree(path, ignore_errors=True)


def install_with_uv(uv, lock, env):
    if not venv_is_sound():
        clear_venv()
        if sys.version_info >= OLDEST:
            run([uv, "venv", "--quiet", "--allow-existing", "--python", sys.executable, VENV], env)
        else:
            newer_python(uv, env)
    offline = ["--no-index"] if env["PIP_NO_INDEX"] == "1" else []
    run([uv, "pip", "install", "--quiet", "--python", PYTHON, *offline, "--require-hashes", "-r", lock], env)


def newer_python(uv, env):
    """One that lies on the machine already, else one that uv fetches."""
    wanted = env.get("UV_PYTHON") or FETCHED
    if subprocess.call([uv, "venv", "--quiet", "--allow-existing", "--python", wanted, VENV], env=env, stdout=sys.stderr):
        stop(
            "本机的 Python 低于 3.11，新的 Python 也没有取到，原因见上。请安装 Python 3.11 以上的版本；"
            "或用 UV_PYTHON_INSTALL_MIRROR 指定一个能访问的下载镜像。",
            "Python is older than 3.11 here and a newer one could not be fetched; the reason stands above. Install "
            "Python 3.11 or later, or name a mirror that can be reached in UV_PYTHON_INSTALL_MIRROR.",
        )


def install_with_pip(pip, lock, env):
    """--without-pip, because ensurepip is a package of its own on Debian and may be absent."""
    if not venv_is_sound():
        if sys.version_info < OLDEST:
            stop("本机的 Python 低于 3.11，又取不到 uv。", "Python is older than 3.11 here, and uv cannot be had.")
        clear_venv()
        run([sys.executable, "-m", "venv", "--without-pip", VENV], env)
    run([*pip, "--python", PYTHON, "install", "--quiet", "--no-deps", "--require-hashes", "-r", lock], env)


def run(command, env):
    if subprocess.call(command, env=env, stdout=sys.stderr):
        if os.path.isdir(WHEELS):
            stop(
                "wheels 文件夹里的软件包不全，或不是为这类机器下载的。请在能上网的同类机器上重新运行 ./linli wheels。",
                "The folder wheels lacks a package, or was filled for another kind of machine: "
                "run ./linli wheels again on a machine of this kind that has a network.",
            )
        stop(
            "软件包没有装好，原因见上。请检查网络；如需镜像，请设置 PIP_INDEX_URL。",
            "The packages could not be installed; the reason stands above. Check the network, or set PIP_INDEX_URL.",
        )


def say(chinese, english):
    names = ("LINLI_LOCALE", "LC_ALL", "LC_MESSAGES", "LANG")
    locale = next((os.environ[name] for name in names if os.environ.get(name)), "zh")
    print(english if locale.startswith("en") else chinese, file=sys.stderr)


def stop(chinese, english):
    say(chinese, english)
    sys.exit(1)


def fill_wheels(pip):
    """All that ./linli run needs, for machines of this kind; a folder half filled is none."""
    shutil.rmtree(WHEELS, ignore_errors=True)
    env, partial = environment(pip), WHEELS + ".part"
    shutil.rmtree(partial, ignore_errors=True)
    locks = [word for lock in (LOCKS["run"], "requirements-uv.txt") for word in ("-r", os.path.join(HERE, lock))]
    run([*pip, "download", "--quiet", "--no-deps", "--only-binary=:all:", "--require-hashes", *locks, "-d", partial], env)
    os.rename(partial, WHEELS)
    say("已下载到 wheels 文件夹。请连同整个程序文件夹一起拷到不能上网的机器上。", "The folder wheels is filled; take it along with the whole program.")


def main(purpose):
    pip = pip_command()
    if purpose == "wheels":
        return fill_wheels(pip)
    env = environment(pip)
    lock = os.path.join(HERE, LOCKS[purpose])
    uv = find_uv(pip, env)
    if uv:
        install_with_uv(uv, lock, env)
    elif pip:
        install_with_pip(pip, lock, env)
    else:
        stop("找不到 uv，也找不到 pip。", "Neither uv nor pip was found.")


if __name__ == "__main__":
    main(sys.argv[1])
