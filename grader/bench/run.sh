#!/bin/sh
# Measures the explorer beside its peers and prints the tables.
#
#   grader/bench/run.sh [--quick] [--schedules N] [--invocations N] [--limit SECONDS]
#                       [--repeat N] [--lanes N] [--core] [--only EXPRESSION] [--newer JDK_HOME]
#
# Uses the `java` and `mvn` of the PATH (JDK 17 or newer). With --newer, or JDK_NEWER in the
# environment, the explorer is measured on that JDK, too: from 21 on it runs threads as continuations.
# --quick takes some minutes and only shows that everything works; a whole run takes half an hour or
# more, and wants a quiet machine; --core takes some of the programs of each sort, for a busy one.
#
# Writes bench.md, bench.csv and cost.csv to grader/bench/target; a run without --quick and
# --only also docs/explorer-bench.md and docs/explorer-cost.svg. It installs the grader in the local Maven
# repository, because a project of its own takes it from there.
set -eu
cd "$(dirname "$0")"
root=../..

docs="--docs ../$root/docs"
if [ -n "${JDK_NEWER:-}" ]; then
  set -- --newer "$JDK_NEWER" "$@"
fi
for argument; do
  case $argument in
    --only*) docs= ;;
  esac
done

mvn -q -B -f "$root/pom.xml" install -pl grader -am -Dmaven.test.skip=true -Dspotless.check.skip
mvn -q -B clean process-classes

# jcstress leaves a file in the folder it runs in.
cd target
# A class-data archive takes no classes from folders.
jar --create --file bench.jar -C classes .
# shellcheck disable=SC2086 # an option and its value, or nothing
exec java -cp "$PWD/bench.jar:$PWD/lib/*" bench.Bench --out . $docs "$@"
