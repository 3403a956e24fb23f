# shellcheck shell=bash
# Debian packages without installing them: for sourcing by the scripts of the lab and of the repository's top folder.
#
#   lab_install PKG...                  installs on this machine what is missing (root or sudo)
#   lab_download PKG[:ARCH][=VER]...    fetches packages, prints their paths in the same order
#   lab_unpack DIR PKG... [-- TAR...]   fetches and unpacks packages, without maintainer scripts
#   lab_source DIR NAME[=VER] [-- TAR...]   fetches a source package and unpacks the upstream part
#   lab_closure ARCH PKG...             prints PKG:ARCH=VER for the packages and all they depend on
#   lab_version PKG[:ARCH] PREFIX       the newest version that starts with PREFIX
#
# Every architecture has lists of apt of its own below the cache, as if this were a machine of that kind: nothing on
# the system changes, and no right is needed. apt checks signatures and hashes. ARCH "source" holds source packages; SUITE-ARCH
# (bullseye-arm64) is an older Debian, from the same mirror or the one that FERRY_LAB_OLD_MIRROR names.
export LC_ALL=C
shopt -s inherit_errexit
LAB=${XDG_CACHE_HOME:-$HOME/.cache}/ferry-lab
LAB_HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
LAB_ARCH=$(dpkg --print-architecture)

lab_say() { printf '%s: %s\n' "${0##*/}" "$*" >&2; }
lab_die() { lab_say "error: $*"; exit 1; }
lab_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }

# lab_locked NAME COMMAND...: one process at a time; the others wait. What it leaves running does not hold the lock.
lab_locked() {
  local lab_lock=$1; shift   # the command sees our variables
  mkdir -p "$LAB/locks"
  ( flock 9; "$@" 9>&- ) 9>"$LAB/locks/$lab_lock"
}

lab_installed() { [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }

lab_install() {
  local p missing=()
  for p; do lab_installed "$p" || missing+=("$p"); done
  [ ${#missing[@]} -gt 0 ] || return 0
  lab_say "installing ${missing[*]}"
  lab_locked system-apt lab_install_now "${missing[@]}"
}
lab_install_now() {
  local log=$LAB/logs/apt-install.log try
  mkdir -p "$LAB/logs"
  # The lists may be missing or stale: only then is an update needed, and it may fail for one index while a mirror syncs.
  for try in 1 2 3; do
    if lab_root env DEBIAN_FRONTEND=noninteractive apt-get -qy -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3 \
      install --no-install-recommends "$@" >"$log" 2>&1; then return 0; fi
    [ $try = 3 ] || lab_root apt-get -q -o DPkg::Lock::Timeout=300 update >>"$log.update" 2>&1 || lab_say 'apt-get update had errors, going on'
  done
  tail -n 20 "$log" >&2
  lab_die "cannot install $*"
}

lab_apt() { local arch=$1 tool=$2; shift 2; "$tool" -c "$LAB/apt/$arch/apt.conf" -q "$@"; }

lab_lists() {  # lab_lists ARCH [again]: makes the lists of an architecture
  [ -e "$LAB/apt/$1/.ready" ] && [ "${2-}" != again ] || lab_locked "apt-$1" lab_lists_now "$@"
}
lab_lists_now() {
  local arch=$1 a=$LAB/apt/$1 type=deb f n=0
  [ ! -e "$a/.ready" ] || [ "${2-}" = again ] || return 0
  lab_say "getting Debian's package lists ($arch)"
  local suite=
  case $arch in
    source) type=deb-src; arch=$LAB_ARCH ;;
    *-*) suite=${arch%%-*} arch=${arch#*-} ;;
  esac
  rm -rf "$a/.ready" "$a/parts"; mkdir -p "$a"/{parts,lists/partial,cache/archives/partial}; : >"$a/status"
  # The same Debian mirrors as the system's, for another architecture.
  for f in /etc/apt/sources.list.d/*.sources; do
    grep -qs debian-archive "$f" || continue
    n=$((n + 1)); sed -E "s/^Types:.*/Types: $type/; /^Architectures:/d" "$f" >"$a/parts/$n.sources"
  done
  for f in /etc/apt/sources.list /etc/apt/sources.list.d/*.list; do
    [ -e "$f" ] || continue
    n=$((n + 1)); sed -nE "/debian/s/^deb[[:space:]]+(\[[^]]*\][[:space:]]*)?(.*)/$type \2/p" "$f" >"$a/parts/$n.list"
  done
  [ -z "$suite" ] || lab_suite "$suite" "$a/parts"
  cat >"$a/apt.conf" <<E
#clear APT::Update::Post-Invoke;
#clear APT::Update::Post-Invoke-Success;
#clear APT::Architectures;
APT::Architecture "$arch";
APT::Architectures:: "$arch";
Dir::Etc::sourcelist "/dev/null";
Dir::Etc::sourceparts "$a/parts";
Dir::State "$a";
Dir::State::lists "$a/lists";
Dir::State::status "$a/status";
Dir::Cache "$a/cache";
Dir::Cache::pkgcache "pkgcache.bin";
Dir::Cache::srcpkgcache "srcpkgcache.bin";
Acquire::Languages "none";
Acquire::Retries "3";
Acquire::IndexTargets::deb::DEP-11::DefaultEnabled "false";
E
  [ "$(id -u)" != 0 ] || echo 'APT::Sandbox::User "root";' >>"$a/apt.conf"
  lab_apt "$1" apt-get update >"$a/update.log" 2>&1 || lab_apt "$1" apt-get update >"$a/update.log" 2>&1 ||
    lab_say "apt-get update ($1) had errors, going on"
  touch "$a/.ready"
}

lab_suite() {  # lab_suite SUITE FOLDER: the sources there become those of an older Debian, wherever it is by now
  local mirror
  mirror=$(cat "$2"/* | grep -v '^#' | grep -oE 'https?://[^ ]+' | grep -v security | head -n 1)
  rm -f "$2"/*
  cat >"$2/suite.sources" <<E
Types: deb
URIs: ${FERRY_LAB_OLD_MIRROR:-$mirror}
Suites: $1
Components: main
Check-Valid-Until: no
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg
E
}

lab_fetch() {  # lab_fetch ARCH COMMAND...: what "apt-get COMMAND" downloads; prints the paths
  local arch=$1 uris try; shift
  mkdir -p "$LAB/debs/partial-$arch"
  for try in 1 2; do
    if uris=$(lab_apt "$arch" apt-get "$@" --print-uris 2>"$LAB/apt/$arch/uris.log") &&
      lab_locked "fetch-$arch" lab_fetch_missing "$arch" "$uris" "$@"; then
      awk -v d="$LAB/debs/" '/^\x27/ {print d $2}' <<<"$uris"
      return 0
    fi
    [ $try = 2 ] || lab_lists "$arch" again
  done
  cat "$LAB/apt/$arch/uris.log" >&2
  lab_die "cannot get: $* ($arch)"
}
lab_fetch_missing() {
  local arch=$1 uris=$2 u f s h dir=$LAB/debs/partial-$1 missing=0 bytes=0; shift 2
  while read -r u f s h; do
    [ -n "$f" ] && ! [ -e "$LAB/debs/$f" ] || continue
    missing=$((missing + 1)) bytes=$((bytes + s))
  done < <(grep "^'" <<<"$uris")
  [ $missing -gt 0 ] || return 0
  lab_say "downloading packages: $missing, $(((bytes + 999999) / 1000000)) MB ($arch)"
  # What an earlier, interrupted download has left is picked up by apt, which checks it.
  ( cd "$dir" && lab_apt "$arch" apt-get "$@" >fetch.log 2>&1 ) || { tail -n 5 "$dir/fetch.log" >&2; return 1; }
  while read -r u f s h; do
    [ ! -e "$dir/$f" ] || [ "$(stat -c %s "$dir/$f")" != "$s" ] || mv "$dir/$f" "$LAB/debs/$f"
    [ -e "$LAB/debs/$f" ] || { lab_say "no $f after the download"; return 1; }
  done < <(grep "^'" <<<"$uris")
}

lab_download() {
  local p arch archs=() names=()
  declare -A of=()
  for p; do
    arch=${p%%=*}; [[ $arch == *:* ]] && arch=${arch#*:} || arch=$LAB_ARCH
    [ -n "${of[$arch]-}" ] || archs+=("$arch")
    of[$arch]+=" ${p/:$arch/}"
  done
  for arch in "${archs[@]}"; do
    lab_lists "$arch"
    read -ra names <<<"${of[$arch]}"
    lab_fetch "$arch" download "${names[@]}"
  done
}

lab_unpack() {
  local dir=$1 names=() debs deb; shift
  while [ $# -gt 0 ] && [ "$1" != -- ]; do names+=("$1"); shift; done
  [ $# = 0 ] || shift
  debs=$(lab_download "${names[@]}") || exit 1
  mkdir -p "$dir"
  while read -r deb; do   # dpkg -x would replace the symlinks of a merged /usr by folders
    dpkg-deb --fsys-tarfile "$deb" | tar -x -C "$dir" --no-same-owner --keep-directory-symlink "$@"
  done <<<"$debs"
}

lab_source() {
  local dir=$1 name=$2 f; shift 2
  [ $# = 0 ] || shift
  f=$(lab_source_file "$name" orig) || exit 1
  mkdir -p "$dir"
  tar -x -C "$dir" --strip-components=1 --no-same-owner -f "$f" "$@"
}
lab_source_file() {  # lab_source_file NAME[=VER] orig|debian: the path of a part of a source package; others may be very large
  local line
  lab_lists source
  line=$(lab_apt source apt-get source --print-uris --only-source "$1" 2>/dev/null | grep -E "^'[^']*[.]$2[.]tar[.][a-z0-9]+'") ||
    lab_die "Debian has no source package $1"
  lab_locked fetch-source lab_source_fetch $line
}
lab_source_fetch() {  # lab_source_fetch 'URI' FILE SIZE HASH
  local to=$LAB/debs/$2
  if [ ! -e "$to" ]; then
    mkdir -p "$LAB/debs"
    lab_say "downloading $2, $(($3 / 1000000)) MB"
    /usr/lib/apt/apt-helper -c "$LAB/apt/source/apt.conf" -q download-file "${1//\'/}" "$to.part" "$4" >"$LAB/apt/source/fetch.log" 2>&1 ||
      { tail -n 5 "$LAB/apt/source/fetch.log" >&2; lab_die "cannot download $2"; }
    mv "$to.part" "$to"
  fi
  echo "$to"
}

lab_version() {
  local arch=$LAB_ARCH; [[ $1 != *:* ]] || arch=${1#*:}
  lab_lists "$arch"
  lab_apt "$arch" apt-cache madison "${1%:*}" 2>/dev/null | awk -v v="$2" 'index($3, v) == 1 && !n++ {print $3}'
}

lab_closure() {
  local arch=$1; shift
  lab_lists "$arch"
  lab_apt "$arch" apt-get -s --no-install-recommends install "$@" |
    sed -nE "s/^Inst ([^ ]+) \(([^ ]+) .*/\1:$arch=\2/p"
}
