# shellcheck shell=bash
# The targets of the lab's Rust toolchain, for sourcing.
LAB_RUST=1.85.0   # Debian 12's package rustc-web
LAB_TOOLCHAIN=$LAB/toolchain

# Rust target | std from: Debian architecture, or "build" | musl from: Debian architecture, or "build" | clang's options
LAB_TARGETS='
x86_64-unknown-linux-gnu       amd64 -     --target=x86_64-linux-gnu
aarch64-unknown-linux-gnu      arm64 -     --target=aarch64-linux-gnu
armv7-unknown-linux-gnueabihf  armhf -     --target=armv7-linux-gnueabihf -mfpu=vfpv3-d16
arm-unknown-linux-gnueabihf    build -     --target=armv6-linux-gnueabihf -mfpu=vfp -marm
x86_64-unknown-linux-musl      build amd64 --target=x86_64-linux-musl
aarch64-unknown-linux-musl     build arm64 --target=aarch64-linux-musl
armv7-unknown-linux-musleabihf build armhf --target=armv7-linux-musleabihf -mfpu=vfpv3-d16
arm-unknown-linux-musleabihf   build build --target=armv6-linux-musleabihf -mfpu=vfp -marm
armv5te-unknown-linux-musleabi build build --target=armv5te-linux-musleabi -mfloat-abi=soft -marm
'
case $LAB_ARCH in
  amd64) LAB_HOST=x86_64-unknown-linux-gnu ;;
  arm64) LAB_HOST=aarch64-unknown-linux-gnu ;;
  *) lab_die "Debian's Rust is used on amd64 and arm64 only, this is $LAB_ARCH" ;;
esac

lab_std_from() { awk -v t="$1" '$1 == t {print $2}' <<<"$LAB_TARGETS"; }
lab_musl_from() { awk -v t="$1" '$1 == t {print $3}' <<<"$LAB_TARGETS"; }
lab_clang_options() { awk -v t="$1" '$1 == t {$1 = $2 = $3 = ""; sub(/^ +/, ""); print}' <<<"$LAB_TARGETS"; }
lab_targets_from() { awk -v re="$1" 'NF && $2 ~ re {print $1}' <<<"$LAB_TARGETS"; }

# A target is there when its stamp is, which is written last.
lab_target_stamp() { echo "$LAB_TOOLCHAIN/lib/rustlib/$1/.complete"; }
lab_install_target() {  # lab_install_target TARGET LIBFOLDER: moves a finished folder into the toolchain
  local d=$LAB_TOOLCHAIN/lib/rustlib/$1
  rm -f "$d/.complete"; rm -rf "$d/lib"; mkdir -p "$d"
  mv "$2" "$d/lib"
  touch "$d/.complete"
}
