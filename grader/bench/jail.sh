#!/bin/sh
# Measures what each isolation level of this machine adds to the launch of a JVM, in processor time.
#
#   grader/bench/jail.sh [ROUNDS [LAUNCHES]]
#
# As root it measures A+, A-root, B and D, as an ordinary user A and D. The grader must be built.
set -eu
cd "$(dirname "$0")"
jar=../target/threadmill.jar
[ -f "$jar" ] || { echo "build the grader first: ./threadmill doctor" >&2; exit 2; }
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" -cp "$jar" src/main/java/bench/JailCost.java "$@"
