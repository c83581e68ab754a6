# shellcheck shell=sh
# How the JVM of cluster-net is started: read by the launcher of a checkout and by that of the
# distribution, so that both run it alike. POSIX sh.

# Passes standard input on to standard error, but for the line that the JVM prints about the Vector
# API. The program takes the real standard error back when it starts (see StandardError.java), which
# ends this filter; what the JVM says before that still comes through.
without_incubator_line() {
  trap '' INT
  while IFS= read -r line; do
    case $line in
      'WARNING: Using incubator modules: jdk.incubator.vector') break ;;
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

# Becomes the JVM: run_jvm JAVA CLASS_PATH ARGUMENT...
run_jvm() {
  java=$1
  classes=$2
  shift 2
  set -- "-Dclusternet.command=$(typed_command)" -cp "$classes" org.clusternet.cli.Main "$@"
  set -f
  # shellcheck disable=SC2086 # split at spaces, as documented
  set -- ${CLUSTER_NET_JAVA_OPTS:-} "$@"
  set +f
  # The serial collector: the arrays of a run are off-heap, the heap is small and its pauses short,
  # and on few cores the threads of a parallel collector would only take turns with the kernels'.
  set -- --add-modules jdk.incubator.vector --enable-native-access=ALL-UNNAMED \
    --sun-misc-unsafe-memory-access=allow \
    -XX:+UseSerialGC "$@"
  exec 9>&2
  # A pipe with a name, as POSIX sh has no other that leaves the JVM this process's place.
  if pipe=$(mktemp -d 2>/dev/null) && mkfifo "$pipe/stderr" 2>/dev/null; then
    { rm -rf "$pipe"; exec 1>&- 9>&-; without_incubator_line; } <"$pipe/stderr" &
    exec "$java" -Dclusternet.stderr=9 "$@" 2>"$pipe/stderr"
  fi
  exec "$java" "$@"
}
