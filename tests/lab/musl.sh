# shellcheck shell=bash
# musl and an unwinder for static programs, for sourcing: musl_for TARGET fills $W/musl/TARGET/{include,lib}.

musl_for() {
  local t=$1 m=$W/musl/$1 arch
  [ ! -e "$m/.ready" ] || return 0
  rm -rf "$m"; mkdir -p "$m/lib"
  arch=$(lab_musl_from "$t")
  if [ "$arch" = build ]; then musl_build "$t" "$m"; else
    lab_unpack "$W/musl-$arch" "musl-dev:$arch" -- ./usr
    cp -R "$W/musl-$arch"/usr/include/*-linux-musl* "$m/include"
    cp "$W/musl-$arch"/usr/lib/*-linux-musl*/*.[oa] "$m/lib/"
  fi
  unwinder "$t" "$m"
  touch "$m/.ready"
}

musl_build() {  # musl_build TARGET PREFIX
  [ -d "$W/musl-source" ] || lab_source "$W/musl-source" musl
  mkdir -p "$W/musl-build-$1"
  ( cd "$W/musl-build-$1"
    unset CFLAGS CPPFLAGS LDFLAGS CROSS_COMPILE LIBCC
    "$W/musl-source/configure" --target="arm-linux-${1##*-}" --disable-shared --prefix="$2" \
      CC="clang $(lab_clang_options "$1")" AR=llvm-ar RANLIB='llvm-ar s'
    make -j"$(nproc)"
    make install )
}

unwinder() {  # unwinder TARGET PREFIX: adds libunwind.a and the crtbegin and crtend objects to PREFIX/lib
  local m=$2 u=$W/libunwind b=$W/unwind-$1 f cc x
  [ -d "$u" ] || lab_source "$u" emscripten -- --strip-components=4 --wildcards 'emscripten-*/system/lib/libunwind'
  mkdir -p "$b"
  cc="clang $(lab_clang_options "$1") -O2 -fPIC -w -nostdlibinc -isystem $m/include"
  x="-I$u/include -I$u/src -fstrict-aliasing -funwind-tables -ffunction-sections -fvisibility=hidden"
  x+=" -D_LIBUNWIND_DISABLE_VISIBILITY_ANNOTATIONS -D_LIBUNWIND_IS_NATIVE_ONLY -DNDEBUG"
  for f in UnwindLevel1.c UnwindLevel1-gcc-ext.c Unwind-sjlj.c; do $cc $x -std=c99 -fexceptions -c "$u/src/$f" -o "$b/${f%.*}.o"; done
  for f in UnwindRegistersRestore.S UnwindRegistersSave.S; do $cc $x -c "$u/src/$f" -o "$b/${f%.*}.o"; done
  for f in Unwind-EHABI.cpp libunwind.cpp; do
    $cc $x -nostdinc++ -std=c++11 -fno-exceptions -fno-rtti -c "$u/src/$f" -o "$b/${f%.*}.o"
  done
  llvm-ar rcs "$m/lib/libunwind.a" "$b"/*.o
  # With .init_array and PT_GNU_EH_FRAME little is left for these objects.
  echo '__attribute__((visibility("hidden"))) void *__dso_handle = 0;' | $cc -fno-pic -x c - -c -o "$m/lib/crtbegin.o"
  echo '__attribute__((visibility("hidden"))) void *__dso_handle = &__dso_handle;' | $cc -x c - -c -o "$m/lib/crtbeginS.o"
  case $1 in
    arm*) echo ;;
    *) echo '.section .eh_frame,"a"; .p2align 2; .long 0; .section .note.GNU-stack,"",%progbits' ;;
  esac | $cc -x assembler - -c -o "$m/lib/crtend.o"
  cp "$m/lib/crtend.o" "$m/lib/crtendS.o"
}
