# shellcheck shell=sh
# How the JVM of cluster-net is started: read by the launcher of a checkout and by that of the
# distribution, so that both run it alike. POSIX sh.
#
# An archive of classes (JEP 483, 514) spares a start a quarter of a second of parsing and linking.
# The launcher of a checkout makes one at the end of a build, by a rehearsal, and not at a user's
# first run, whose end that would hold up for seconds. Any number of JVMs can use it at once, and
# none writes to it. A JVM that it does not fit (changed jars, other options, another heap, a file
# that is cut short or has changed bits: its checksums are looked at) goes on without it and without
# a word. With an incubator module, as the Vector API is, JDK 25 archives no lambdas and no links
# between classes. The distribution has none: it would add 9 MB to the download, and made at a first
# run it would take some seconds of a user's job.

# Of every JVM, as an archive serves only those with the options that it was made with. The serial
# collector: the arrays of a run are off-heap, the heap is small and its pauses short, and on few
# cores the threads of a parallel collector would only take turns with the kernels'. Reflection by
# native code: the command line and the settings are read once, which does not repay the classes
# that the JVM would write for it in a quarter of a second. And the JIT leaves the JDK's makers of
# such classes as they are, as they have had their time when it would be done: on few cores the
# kernels of the first training step wait for it. The loops of the Vector API it compiles after a
# twentieth of the usual calls: until then each of their vectors is an object.
JVM_OPTIONS='--add-modules jdk.incubator.vector --enable-native-access=ALL-UNNAMED
  --sun-misc-unsafe-memory-access=allow -XX:+UseSerialGC -Djdk.reflect.useNativeAccessorOnly=true
  -XX:CompileCommand=quiet
  -XX:CompileCommand=CompileThresholdScaling,java.lang.invoke.*::*,20.0
  -XX:CompileCommand=CompileThresholdScaling,jdk.internal.classfile.impl.*::*,20.0
  -XX:CompileCommand=CompileThresholdScaling,org.clusternet.engine.cpu.Vector*::*,0.05'
WITH_ARCHIVE='-XX:+VerifySharedSpaces -Xlog:aot*=off,cds*=off'
INCUBATOR_LINE='WARNING: Using incubator modules: jdk.incubator.vector'

# Makes an archive of classes: archive_classes JAVA CLASS_PATH ARCHIVE FOLDER, where the folder is
# for the rehearsal and must not be there yet. Fails if no archive comes of it that this JVM takes
# in silence.
archive_classes() (
  java=$1
  set -f
  # shellcheck disable=SC2086 # options without spaces in them
  {
    "$java" $JVM_OPTIONS -XX:AOTCacheOutput="$3" -cp "$2" org.clusternet.cli.Rehearsal "$4" &&
      [ -s "$3" ] &&
      said=$("$java" $JVM_OPTIONS $WITH_ARCHIVE -XX:AOTMode=on -XX:AOTCache="$3" \
        -cp "$2" org.clusternet.cli.Main --version 2>&1 >/dev/null) &&
      [ "$said" = "$INCUBATOR_LINE" ]
  }
)

# Passes standard input on to standard error, but for the line that the JVM prints about the Vector
# API. The program takes the real standard error back when it starts (see StandardError.java), which
# ends this filter; what the JVM says before that still comes through.
without_incubator_line() {
  trap '' INT
  while IFS= read -r line; do
    case $line in
      "$INCUBATOR_LINE") break ;;
      *) printf '%s\n' "$line" ;;
    esac
  done >&2
  exec cat >&2
}

# Prints the command that started this script as its user typed it, for messages that tell what to run
# next: the name alone where the PATH leads to it.
typed_command() {
  if [ "$(command -v "${0##*/}")" = "$0" ]; then printf '%s\n' "${0##*/}"; else printf '%s\n' "$0"; fi
}

# Becomes the JVM: run_jvm JAVA CLASS_PATH ARCHIVE ARGUMENT..., where '' is for no archive.
run_jvm() {
  java=$1
  classes=$2
  archive=$3
  shift 3
  case ${CLUSTER_NET_JAVA_OPTS:-} in
    *-XX:AOT* | *-XX:SharedArchive* | *-Xshare:*) archive='' ;; # the user's own
  esac
  set -- "-Dclusternet.command=$(typed_command)" -cp "$classes" org.clusternet.cli.Main "$@"
  set -f
  # shellcheck disable=SC2086 # split at spaces, as documented
  set -- ${CLUSTER_NET_JAVA_OPTS:-} "$@"
  # shellcheck disable=SC2086
  if [ -n "$archive" ]; then set -- $WITH_ARCHIVE -XX:AOTCache="$archive" "$@"; fi
  # shellcheck disable=SC2086
  set -- $JVM_OPTIONS "$@"
  set +f
  exec 9>&2
  # A pipe with a name, as POSIX sh has no other that leaves the JVM this process's place.
  if pipe=$(mktemp -d 2>/dev/null) && mkfifo "$pipe/stderr" 2>/dev/null; then
    { rm -rf "$pipe"; exec 1>&- 9>&-; without_incubator_line; } <"$pipe/stderr" &
    exec "$java" -Dclusternet.stderr=9 "$@" 2>"$pipe/stderr"
  fi
  exec "$java" "$@"
}
