# Says what this device is, in one round trip: key=value lines between two markers, binary as hex. ProbeReport.cs reads it.
# POSIX sh alone (dash, busybox ash, bash); every tool may be missing, and then a fact is. Nothing is left behind.
# The shell reads the whole function before it runs a line of it, so a script that is cut short does nothing,
# and nothing here can eat the rest of a script that comes on stdin.

ferry_probe() {
  LC_ALL=C PATH=${PATH:-/bin}:/usr/local/bin:/usr/bin:/bin:/usr/local/sbin:/usr/sbin:/sbin
  export LC_ALL PATH
  unset CDPATH
  newline='
'
  umask 077
  say probe 1
  say_system
  say_processor
  say_user
  say_libc
  say_folders
  say_libraries
  say_texts
  say_places
  each_candidate try_store
  say tools "$(for tool in od hexdump gzip sha256sum cksum readlink tar; do has $tool && printf '%s ' $tool; done)"
}

say() {
  key=$1
  shift
  printf '%s=%s\n' "$key" "$*"
}

has() { command -v "$1" >/dev/null; }

# hex FILE COUNT: the first bytes of a file.
hex() {
  bytes=$(od -An -v -tx1 -N "$2" "$1") && [ -n "$bytes" ] ||
    bytes=$(hexdump -v -n "$2" -e '1/1 "%02x"' "$1") && [ -n "$bytes" ] ||
    bytes=$(xxd -p -l "$2" "$1")
  set -f
  printf %s $bytes
  set +f
}

# first_line KEY FILE: no newline needed at its end, as in the device tree.
first_line() {
  line=
  [ -r "$2" ] || return
  read -r line <"$2"
  [ -n "$line" ] && say "$1" "$line"
}

say_system() {
  system=$(uname -srm)
  say uname "$system"
  for model in /proc/device-tree/model /sys/firmware/devicetree/base/model /tmp/sysinfo/model /sys/class/dmi/id/product_name; do
    first_line model $model && say model.file $model && break
  done
  first_line meminfo /proc/meminfo
  first_line init /proc/1/comm
  say_init
  say_kernel_config
  say clock "$(date +%s)"
  for release in /etc/os-release /usr/lib/os-release; do
    [ -r $release ] || continue
    while IFS= read -r line || [ -n "$line" ]; do
      case $line in ID=* | VERSION_ID=* | PRETTY_NAME=*) say "os" "$line" ;; esac
    done <$release
    say os.file $release
    break
  done
  server=$(command -v gdbserver) || return
  say gdbserver "$server"
  version=$("$server" --version)
  say gdbserver.version "${version%%"$newline"*}"
}

# By the mark that it leaves, as sd_booted(3) does; a process 1 called "init" may be any.
say_init() {
  for mark in systemd:/run/systemd/system openrc:/run/openrc/softlevel procd:/sbin/procd; do
    [ -e "${mark#*:}" ] || continue
    say init.system "${mark%%:*} ${mark#*:}"
    return
  done
  case $(readlink -f /sbin/init) in */busybox) say init.system 'busybox /sbin/init' ;; esac
}

# Whether the kernel was made to run 32-bit programs, too.
say_kernel_config() {
  release=${system#* }
  release=${release%% *}
  for config in /proc/config.gz "/boot/config-$release" "/lib/modules/$release/config" "/usr/lib/modules/$release/config"; do
    [ -r "$config" ] || continue
    case $config in
      *.gz) lines=$(gzip -dc "$config" | grep -E '^CONFIG_(64BIT|COMPAT|IA32_EMULATION)=') ;;
      *) lines=$(grep -E '^CONFIG_(64BIT|COMPAT|IA32_EMULATION)=' "$config") ;;
    esac
    [ -n "$lines" ] || continue
    say kernel.config "$config" $lines
    return
  done
  # Only a 64-bit ARM kernel with CONFIG_COMPAT has these.
  [ -e /proc/sys/abi/setend ] && say kernel.config /proc/sys/abi/setend CONFIG_COMPAT=y
}

say_processor() {
  count=0
  while IFS= read -r line; do
    count=$((count + 1))
    case $line in
      Serial* | '') ;;
      processor* | Hardware* | Revision* | Model* | 'cpu model'* | 'CPU implementer'* | 'CPU variant'* | 'CPU part'*) say cpu "$line" ;;
      *) [ $count -le 40 ] && say cpu "$line" ;;
    esac
  done </proc/cpuinfo
  say auxv "$(hex /proc/self/auxv 1024)"
  while read -r name size unit; do
    [ "$name" = KernelPageSize: ] && say pagesize "$size $unit" && break
  done </proc/self/smaps
  code=/proc/device-tree/system/linux,revision
  [ -r $code ] && say revision "$(hex $code 4)"
  # AT_PLATFORM is a pointer; only the loader of glibc shows what it points to.
  shown=$(LD_SHOW_AUXV=1 /bin/sh -c :)
  case $shown in
    *AT_PLATFORM:*)
      shown=${shown#*AT_PLATFORM:}
      say platform "${shown%%"$newline"*}"
      ;;
  esac
}

say_user() {
  uid=$(id -u)
  say user.id "$uid"
  say user.name "$(id -un)"
  say user.home "$HOME"
  say user.shell "$SHELL"
  say_sudo
  say containers "$(for tool in docker podman containerd nerdctl k3s balena-engine nomad lxc-start; do has $tool && printf '%s ' $tool; done)"
}

# Who is in none of these groups is not tried: sudo would report the try to whoever runs the device.
say_sudo() {
  [ "$uid" = 0 ] && return
  has sudo || { say sudo absent; return; }
  case " $(id -Gn) " in *' sudo '* | *' wheel '* | *' admin '*) ;; *) return ;; esac
  limit=
  has timeout && limit='timeout 5'
  if $limit sudo -n true; then say sudo yes; else say sudo no; fi
}

say_libc() {
  narrow=
  for file in /bin/sh /usr/bin/env; do
    [ -r $file ] || continue
    head=$(hex $file 2048)
    say elf "$file $head"
    case $head in 7f454c4601*) narrow=yes ;; esac
  done
  say libc.getconf "$(getconf GNU_LIBC_VERSION)"
  for loader in /lib/ld-linux*.so.* /lib64/ld-linux*.so.* /lib/ld-musl-*.so.* /lib/ld*-uClibc*.so.* /lib/ld.so.1 /lib/ld64.so.*; do
    [ -e "$loader" ] || continue
    say loader "$loader"
    text=$("$loader" --version 2>&1)
    rest=${text#*"$newline"}
    say libc.text "$loader ${text%%"$newline"*} / ${rest%%"$newline"*}"
  done
}

# The folders that the loader searches: what ld.so.conf names, the distribution's own, the usual ones.
say_folders() {
  folders=
  for path in /etc/ld-musl-*.path; do
    [ -r "$path" ] && IFS=": $newline" && while read -r a b c d; do
      for folder in $a $b $c $d; do add_folder "$folder"; done
    done <"$path"
  done
  unset IFS
  [ -r /etc/ld.so.conf ] && read_conf /etc/ld.so.conf
  for folder in /lib/*-linux-* /usr/lib/*-linux-* /lib /usr/lib /lib64 /usr/lib64 /lib32 /usr/lib32 /usr/local/lib; do
    add_folder "$folder"
  done
}

add_folder() {
  case $1 in *[!A-Za-z0-9/._+@-]* | [!/]* | '') return ;; esac
  case " $folders " in *" $1 "*) return ;; esac
  [ -d "$1" ] && folders="$folders $1"
}

read_conf() {
  while read -r word rest || [ -n "$word" ]; do
    case $word in
      include)
        case $rest in /*) ;; *) rest=/etc/$rest ;; esac
        for conf in $rest; do [ -r "$conf" ] && read_conf "$conf"; done
        ;;
      /*) add_folder "${word%%=*}" ;;
    esac
  done <"$1"
}

# Names for the check; path, size and sum of those that linking and debugging need.
say_libraries() {
  runtime= seen=
  for folder in $folders; do
    cd -P "$folder" || continue
    say folder "$folder $PWD"
    case " $seen " in *" $PWD "*) continue ;; esac
    seen="$seen $PWD"
    set -- *.so *.so.*
    IFS=/
    say names "$PWD $*"
    unset IFS
    for file in ld-*.so* ld.so* ld64.so* libc.so.* libc.musl-*.so* libuClibc-*.so libc-[0-9]*.so libm.so.* libgcc_s.so.* libpthread.so.* \
      libdl.so.* librt.so.* libutil.so.* libresolv.so.* libanl.so.* libnss_*.so.* libstdc++.so.[0-9] libatomic.so.*; do
      case $file in *[!A-Za-z0-9._+-]*) continue ;; esac
      [ -f "$file" ] && [ -r "$file" ] || continue
      say file "${PWD%/}/$file"
      runtime="$runtime ${PWD%/}/$file"
    done
  done
  cd /
  [ -n "$runtime" ] || return
  tell ls ls -lnL $runtime
  tell sha256 sha256sum $runtime || tell cksum cksum $runtime
  tell real readlink -f $runtime
}

# What the texts in the libraries tell: the versions of symbols that they know, what the C library calls itself, and on a 32-bit system which
# functions of time they call. A text ends with a zero byte, at which busybox's grep would stop.
say_texts() {
  has tr && has grep || return
  wanted='^(GLIBC|GCC|GLIBCXX|CXXABI)_[0-9.]+$|^GNU C Library .* release version [0-9.]+$'
  times='^(clock_gettime|gettimeofday|time|nanosleep|__[a-z]+_?[a-z]*(64|_time64))$'
  calls=
  for file in $runtime; do
    case $file in
      */libc.so.* | */libgcc_s.so.*) tell_texts "$file" "$wanted" ;;
      */libstdc++.so.*) tell_texts "$file" "$wanted|$times" ;;
      */ld-musl-*) tell_texts "$file" '^[0-9]+\.[0-9]+\.[0-9]+$' ;;
    esac
  done
  case $narrow$calls in yes) ;; *) return ;; esac
  for file in libcrypto.so.3 libcrypto.so.1.1 libpam.so.0; do
    for folder in $folders; do
      [ -r "$folder/$file" ] && tell_texts "$folder/$file" "$times" && return
    done
  done
  named=$(grep '^Package: lib[a-z0-9.+-]*t64$' /var/lib/dpkg/status)
  say times.package "${named%%"$newline"*}"
}

tell_texts() {
  found=$(tr '\000' '\n' <"$1" | grep -aE "$2") || found=$(tr '\000' '\n' <"$1" | grep -E "$2") || return
  case $found in *gettime* | *nanosleep*) calls=some ;; esac
  set -f
  IFS=$newline
  set -- "$1" $found
  IFS='|'
  say texts "$*"
  unset IFS
  set +f
}

# tell KEY COMMAND...: each line that the command prints; fails when it prints none.
tell() {
  key=$1
  shift
  has "$1" || return 1
  lines=$("$@")
  [ -n "$lines" ] || return 1
  set -f
  IFS=$newline
  for line in $lines; do say "$key" "$line"; done
  unset IFS
  set +f
}

# Where programs might be kept; ends with the first place that the command is content with.
each_candidate() {
  "$1" "${HOME:-/nonexistent}" .cache ferry ||
    "$1" /var/tmp "ferry-$uid" ||
    "$1" /tmp "ferry-$uid" ||
    "$1" "/run/user/$uid" ferry ||
    "$1" /dev/shm "ferry-$uid" ||
    "$1" /run "ferry-$uid"
}

# What each place is mounted as and what is free there, whether it is made already or not.
say_places() {
  bases=
  each_candidate say_place
  tell df df -PTk $bases || tell df df -Pk $bases
}

# say_place BASE NAME...
say_place() {
  cd -P "$1" || return
  shift
  rest=
  for name; do
    [ -z "$rest" ] && cd -P "$name" || rest=$rest/$name
  done
  case $PWD in *[!A-Za-z0-9/._+@-]*) cd /; return 1 ;; esac
  longest= mounted='- -'
  while read -r device point type options order; do
    point=${point%/}
    case $PWD/ in
      "$point"/*) [ ${#point} -ge ${#longest} ] && longest=$point mounted="$type $options" ;;
    esac
  done </proc/mounts
  say place "${PWD%/}$rest ${longest:-/} $mounted"
  bases="$bases $PWD"
  cd /
  return 1
}

refuse() {
  say refused "$1 $tried"
  return 1
}

# try_store BASE NAME...: a folder that can be written to and executed in. The base must be there; what is made below it is removed again.
# From each cd on all work is relative to ".", so that nobody can put a link in between.
try_store() {
  tried=$1
  made=
  cd -P "$1" || { refuse missing; return; }
  shift
  for name; do
    tried=$tried/$name
    if [ -h "$name" ] && [ "$name" != .cache ]; then refuse link; clear_store; return 1; fi
    if [ ! -d "$name" ]; then
      mkdir "$name" || { refuse create; clear_store; return 1; }
      made="$name $made"
    fi
    before=${PWD%/}
    cd -P "$name" || { refuse owner; clear_store; return 1; }
  done
  check_store
  clear_store
  return $verdict
}

clear_store() {
  for name in $made; do
    cd .. && rmdir "$name"
  done
  cd /
}

check_store() {
  verdict=1
  case $PWD in *[!A-Za-z0-9/._+@-]*) refuse name; return ;; esac
  [ "$PWD" = "$before/$name" ] || { refuse link; return; }
  [ -O . ] || { refuse owner; return; }
  chmod 700 . || { refuse mode; return; }
  file=.probe-$$
  printf '#!/bin/sh\necho ferry-ran\n' >$file && { read -r line; read -r line; } <$file && [ "$line" = 'echo ferry-ran' ] && chmod 700 $file || {
    rm -f $file
    refuse write
    return
  }
  answer=$(./$file)
  rm -f $file
  [ "$answer" = ferry-ran ] || { refuse noexec; return; }
  space=$(df -PTk .) || space=$(df -Pk .)
  space=${space#*"$newline"}
  has_room $space || { refuse space; return; }
  say store.df "$space"
  say store "$PWD"
  verdict=0
}

# has_room: df's second line, with or without the type; false only when it says that less than 2 MB are free.
has_room() {
  case $2 in *[!0-9]*) shift ;; esac
  case $4 in '' | *[!0-9]*) return 0 ;; esac
  [ "$4" -ge 2048 ]
}

printf '\n%s\n' '==ferry-probe=='
ferry_probe </dev/null 2>/dev/null
printf '%s\n' '==ferry-probe-end=='
