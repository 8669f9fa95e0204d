#!/bin/sh
# Measures what each isolation level of this machine adds to the launch of a JVM, in processor time.
#
#   grader/bench/jail.sh [ROUNDS [LAUNCHES]]
#
# As root it measures A+, A-root, B and D, and makes a control group to measure with; as an ordinary
# user A and D, if AS_USER names a user id and root starts it. The grader must be built.
set -eu
cd "$(dirname "$0")"
classes=${CLASSES:-../target/threadmill.jar}
[ -e "$classes" ] || { echo "build the grader first: ./threadmill doctor" >&2; exit 2; }
if [ -f /sys/fs/cgroup/cgroup.controllers ]; then
  group=/sys/fs/cgroup/threadmill-bench usage=cpu.stat
else
  group=/sys/fs/cgroup/cpuacct/threadmill-bench usage=cpuacct.usage
fi
mkdir -p "$group" || { echo "needs root, to measure with a control group" >&2; exit 2; }
sh -c 'echo $$ > "$0/cgroup.procs"; u=$1; shift; exec "$@"' "$group" "$usage" \
  ${AS_USER:+setpriv --reuid="$AS_USER" --regid="$AS_USER" --clear-groups} \
  "${JAVA_HOME:+$JAVA_HOME/bin/}java" -cp "$classes" src/main/java/bench/JailCost.java "$group/$usage" "$@"
rmdir "$group" 2>/dev/null || true
