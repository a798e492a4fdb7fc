# The host-death guard: docs/decisions/0015-host-death-guard.md. POSIX tools only.
#   0  the life-line: never carries data, ends with the host
#   1  one line to the host: "ready", or what is missing; then closed
#   3  the table: the token, the runtime directory, then a line for each slot:
#      KIND PID NUMBER NOTED; d, k: a child that dies with its host (k: what has left
#      its session is kept); D, K: it is being started; -: nobody; NOTED is when the
#      pid was written, as /proc tells when a process was born
#   4  this script
#   5  the pid of the last process that was started, if there was time to note it there
# It must outlive the terminal, the session and the polite end of its host.
trap '' HUP INT QUIT TERM PIPE USR1 USR2 TSTP TTIN TTOU
table=/proc/self/fd/3
for tool in cat grep od printf rm rmdir sed sleep xargs; do
  command -v "$tool" >/dev/null || { echo "the program $tool is missing"; exit 1; }
done
read -r token < "$table" || { echo "/proc is missing"; exit 1; }
[ -r /proc/self/environ ] || { echo "/proc is missing"; exit 1; }
echo ready
exec >/dev/null 2>&1
while read -r nothing; do :; done

# --- The host is gone. ---

# Sets leads, group, session and start; the name of a program may hold anything, newlines too.
look_at() {
  text=
  while read -r line || [ -n "$line" ]; do text="$text $line"; done < "/proc/$1/stat" || return 1
  [ -n "$text" ] || return 1
  set -- ${text##*) }
  [ $# -ge 20 ] && [ "$1" != Z ] && [ "$1" != X ] || return 1
  group=$3 session=$4
  shift 19
  start=$1
}

# A number was our child's when it was noted. If that is over, and the number another's by now, then
# that other one is younger: than the note, or than this moment where there is none.
read -r up nothing < /proc/uptime
now=${up%.*}${up#*.}

nap() { sleep 0.05 || sleep 1; }

send() {
  signal=$1
  shift
  for target in "$@"; do kill -s "$signal" -- "$target"; done
}

tokens="$token.d."
sessions=' '
unsure=' '
patience=4
while read -r kind pid number noted; do
  case $kind in
  D | K)
    pid=$(od -An -tu4 /proc/self/fd/5)
    pid=${pid##* }
    noted=$now
    # It may not have reached its program, and show the token only then.
    [ "$pid" != 0 ] || patience=100
    ;;
  d | k) ;;
  *) continue ;;
  esac
  case $kind in K) tokens="$tokens
$token.k.$number." ;; esac
  # Never 1: its group would be everybody.
  [ "${pid:-0}" -gt 1 ] || continue
  if look_at "$pid"; then
    if [ "$session" = "$pid" ] && [ "$start" -le "$noted" ]; then
      kill -s KILL -- "-$pid"
      sessions="$sessions$pid "
    fi
  else
    unsure="$unsure$pid "
  fi
done << END
$(sed 1,2d "$table")
END

# Children that survive must not be blocked by what they write: read it until nobody can write
# any more. Opened for writing first, so that opening for reading does not wait.
directory=$(sed -n 2p "$table")
for fifo in "$directory"/*.fifo; do
  [ -p "$fifo" ] || continue
  (
    exec 4<> "$fifo" 5< "$fifo" 4>&-
    exec cat <&5
  ) &
done

# A line for each process, but for those whose names hold newlines: of these the last line has
# the numbers, and a name has no room for as many.
entries() {
  printf '%s\n' /proc/[0-9]*/stat | xargs cat
}

# Who is in a session that a child of ours leads or led. What looks like an entry may be part of
# a name, and what does not may begin one: then the process itself is looked at.
members() {
  [ "$sessions$unsure" != '  ' ] || return 0
  entries |
    sed -n -e 's/^\([0-9]*\) (.*) [^ZX] [0-9]* [0-9]* \([0-9]*\)\( [-0-9]*\)\{20,\}$/\1 \2/p' \
      -e t -e 's/^\([0-9]*\) (.*/\1 ?/p' |
    while read -r pid session; do
      case "$sessions$unsure ? " in *" $session "*) look_at "$pid" || continue ;; *) continue ;; esac
      case "$sessions" in *" $session "*) echo "$pid $session" ;; esac
      case "$unsure" in
      *" $session "*) [ "$start" -le "$now" ] && echo "$pid $session" ;;
      esac
    done
}

# Whether anybody exchanges its program: it has memory, and its code ends nowhere. Then it shows
# no environment for that moment.
exchanging() {
  entries | grep -q ') [^ZX]\( [-0-9]*\)\{19\} [1-9][0-9]*\( [-0-9]*\)\{3\} 0 '
}

# Who has the token in the environment that it was started with.
carriers() {
  printf '%s\n' /proc/[0-9]*/environ | xargs grep -lsF -e "$tokens" | sed 's/[^0-9]//g'
}

# Kill, and look again. Who forks faster than that is stopped first, until nobody new turns up.
clean=0 rounds=0 before=
while [ "$clean" -lt "$patience" ] && [ "$rounds" -lt 200 ]; do
  rounds=$((rounds + 1))
  seen=$(members)
  found=$(carriers)
  set -- $seen
  while [ $# -ge 2 ]; do
    found="$found $1"
    case "$sessions" in *" $2 "*) ;; *) sessions="$sessions$2 " ;; esac
    shift 2
  done
  set -- $found
  if [ $# -eq 0 ]; then
    exchanging || clean=$((clean + 1))
    nap
  elif [ "$rounds" -le 2 ] || [ "$rounds" -gt 40 ] || [ "$found" = "$before" ]; then
    clean=0
    send KILL "$@"
    [ "$found" != "$before" ] || nap
  else
    clean=0
    send STOP "$@"
  fi
  before=$found
done

wait
rm -f "$directory"/*.fifo
rmdir "$directory"
