#!/usr/bin/env bash
# Sets the figures of labs.switchcost and labs.creationcost beside those of C programs and of
# `perf bench sched pipe`, on one core and in one run, and writes docs/faithfulness.md.
#
#   grader/bench/faithful.sh [--rounds N] [--out FILE] [JDK_HOME...]
#
# Measures on each of the JDKs in turn; without one, on JAVA_HOME or the `java` of the PATH. Takes a
# minute or so for each on a quiet machine. Needs Linux, a C compiler (gcc or cc), perf (Debian:
# linux-perf) and taskset (util-linux), and the grader built. Exit codes: 0 written, 1 something
# failed, 2 something is missing or the usage is wrong.
set -euo pipefail
export LC_ALL=C.UTF-8

missing() {
  echo "faithful.sh: $1" >&2
  exit 2
}

rounds=9 out= homes=()
while [ $# -gt 0 ]; do
  case $1 in
    --rounds) [ $# -ge 2 ] || missing "--rounds needs a number"; rounds=$2; shift 2 ;;
    --out) [ $# -ge 2 ] || missing "--out needs a file"; out=$(realpath -m -- "$2"); shift 2 ;;
    -*) missing "no such option: $1" ;;
    *) homes+=("$(realpath -m -- "$1")"); shift ;;
  esac
done
cd "$(dirname "$0")"
root=../..
out=${out:-$root/docs/faithfulness.md}
[[ $rounds =~ ^[0-9]+$ && $rounds -ge 7 && $rounds -le 99 ]] || missing "7 to 99 rounds, not '$rounds'"
if [ ${#homes[@]} -eq 0 ]; then
  java=${JAVA_HOME:+$JAVA_HOME/bin/}java
  java=$(command -v "$java") || missing "no Java: set JAVA_HOME, or name the homes of JDKs"
  homes=("$(dirname "$(dirname "$(realpath "$java")")")")
fi
for home in "${homes[@]}"; do
  [ -x "$home/bin/javac" ] || missing "no JDK in $home"
done
compiler=$(command -v gcc || command -v cc) || missing "no C compiler: install gcc"
command -v taskset >/dev/null || missing "no taskset: install util-linux"
perf=$(command -v perf) || missing "no perf: install linux-perf (Debian) or linux-tools (Ubuntu)"
[[ $("$perf" bench sched pipe -l 10 2>/dev/null) == *usecs/op* ]] \
  || missing "perf is there, but 'perf bench sched pipe' does not work: is it the one for this kernel?"
jar=$root/grader/target/threadmill.jar
[ -e "$jar" ] || missing "build the grader first: ./threadmill doctor"

mkdir -p target
work=$(mktemp -d target/faithful.XXXXXX)
trap 'rm -rf "$work"' EXIT
for program in pingpong create; do
  "$compiler" -std=c11 -O2 -Wall -Wextra -Werror -pthread -o "$work/$program" "src/main/c/$program.c"
done
"${homes[0]}/bin/javac" --release 17 -cp "$jar" -d "$work" src/main/java/bench/Faithful.java

# The last core that we may use; the first one serves most interrupts.
core=$(taskset -cp $$ | sed 's/.*[^0-9]//')
load() { cut -d' ' -f1 /proc/loadavg; }
before=$(load) versions=()
for home in "${homes[@]}"; do
  # As ./threadmill starts the labs.
  taskset -c "$core" "$home/bin/java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 \
    -cp "$work:$jar" bench.Faithful "$work" "$perf" "$rounds" "$work/section"
  { echo; cat "$work/section"; } >>"$work/sections"
  versions+=("$("$home/bin/java" -XshowSettings:properties -version 2>&1 | sed -n 's/ *java.runtime.version = //p')")
done
{
  cat <<END
# Are our figures faithful?

What the labs measure, beside C and \`perf\` on the same core: \`grader/bench/faithful.sh --rounds $rounds JDK_HOME...\`.

Java $(printf '%s, ' "${versions[@]}" | sed 's/, $//'); $(uname -s) $(uname -r | cut -d. -f1,2) $(uname -m), $(nproc --all) processors; $("$compiler" -dumpfullversion -dumpversion | sed 's/^/C compiler /'), -O2; perf $("$perf" --version | sed 's/[^0-9]*//; s/[^0-9.].*//'). Load average before and after: $before, $(load).

Ours are the subjects of \`./threadmill lab\` themselves, warmed up, in one JVM that is pinned to one core, and the peers on that core, too. In each of $rounds rounds a subject and its peers take
turns (A B B A). A reading is the median of ten parts of 20 round trips, on both sides; of a round the median of 21 readings counts. The ratio is the median of the rounds' own ratios, with a 95 %
bootstrap interval (BCa). Switches above 1.2 are set in bold.

| row | is set beside |
|---|---|
| a switch | half a round trip; an operation of \`perf bench sched pipe\` is a round trip, and is halved as well |
| threads, park | a futex, which is all that the kernel has; and a permit, a mutex and a condition for each thread, which is how HotSpot makes \`park\` ([why](decisions.md#our-switch-cost-is-parks-and-a-bare-futex-is-cheaper)) |
| threads, pipe | two threads and two pipes (named ones in Java). Both sides are Java's or both C's |
| processes, pipe | our other side is \`cat\`; the C program's is its own \`fork\`, or \`cat\` |
| virtual threads | nothing: no kernel is in it. The futex shows how much cheaper |
| processor time of perf | user and system time of 20,000 operations less that of 10. Two sides on one core leave it no idle time, so this is what perf would say if nobody else ran; its own figure holds what else ran |
| process (true) | \`posix_spawn\` of the same program. A JVM spawns its \`jspawnhelper\`, which closes what the child must not have and executes the program: two programs are loaded. \`env\` makes C load two |
| \`fork\` alone | a copy of a small process that executes nothing |
| process (JVM) | \`posix_spawn\` of the same JVM with the same options |
| thread | \`pthread_create\` and \`pthread_join\`. A Java thread does more: it meets its maker before it runs, guards its stack, and signs off. How much each of it costs was not measured, and other load is in it |
END
  cat "$work/sections"
} >"$work/page"
mkdir -p "$(dirname "$out")"
cp "$work/page" "$out.new"
mv "$out.new" "$out"
cat "$out"
