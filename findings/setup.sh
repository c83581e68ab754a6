# Read by the scripts of this folder: a temporary folder that is removed at the end, and the packages
# that a script names, each in its version, unpacked there. Nothing is installed on the machine.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

# Prints the class path of artifacts of Maven Central and what they need: GROUP:ARTIFACT:VERSION...
class_path() {
  local coordinates group artifact version dependencies=''
  for coordinates in "$@"; do
    IFS=: read -r group artifact version <<<"$coordinates"
    dependencies+="<dependency><groupId>$group</groupId><artifactId>$artifact</artifactId>"
    dependencies+="<version>$version</version></dependency>"
  done
  printf '%s' '<project><modelVersion>4.0.0</modelVersion><groupId>findings</groupId>' \
    '<artifactId>finding</artifactId><version>1</version>' \
    "<dependencies>$dependencies</dependencies></project>" >pom.xml
  mvn -B -ntp -q -Dstyle.color=never org.apache.maven.plugins:maven-dependency-plugin:3.9.0:build-classpath \
    -Dmdep.outputFile=class-path >&2
  cat class-path
}

# Unpacks packages of Debian 12 for x86-64: NAME=VERSION...
debian() {
  local package
  mkdir -p packages root
  (cd packages && apt-get download -qq "$@" 2>/dev/null) ||
    { echo "needs Debian 12 and its packages $*" >&2; exit 2; }
  for package in packages/*.deb; do dpkg -x "$package" root; done
}

# Runs Debian's Python with the unpacked packages.
python() {
  local libraries=$work/root/usr/lib/x86_64-linux-gnu
  LD_LIBRARY_PATH=$libraries:$libraries/blas:$libraries/lapack \
    PYTHONPATH=$work/root/usr/lib/python3/dist-packages /usr/bin/python3 "$@"
}
