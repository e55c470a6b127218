# Completion of kept for bash 3.2 and later. It needs no other package, and runs nothing
# of what stands on the command line but kept itself.

# The words up to the cursor, without their quotes, into words. What bash replaces is the
# last one from character from on: it breaks words at colons, equals signs and quotes.
__kept_words() {
    local line=${COMP_LINE:0:COMP_POINT} word='' begun='' quote='' c i
    words=() from=0
    for ((i = 0; i < ${#line}; i++)); do
        c=${line:i:1}
        if [[ $c == '\' && $quote != "'" ]]; then
            ((++i))
            word+=${line:i:1} begun=1
        elif [[ -n $quote ]]; then
            if [[ $c == "$quote" ]]; then quote=''; else word+=$c; fi
        elif [[ $c == "'" || $c == '"' ]]; then
            quote=$c begun=1 from=${#word}
        elif [[ $c == [[:blank:]] ]]; then
            if [[ -n $begun ]]; then words+=("$word"); fi
            word='' begun='' from=0
        else
            word+=$c begun=1
            if [[ $COMP_WORDBREAKS == *"$c"* ]]; then from=${#word}; fi
        fi
    done
    words+=("$word")
}

# How many columns a text takes: what is not ASCII is taken for two.
__kept_columns() {
    local ascii=${1//[^ -~]/}
    columns=$((2 * ${#1} - ${#ascii}))
}

# Each word of COMPREPLY with its title of titles behind it, as far as the line reaches.
__kept_titled() {
    local i width=0 columns title
    for i in "${!COMPREPLY[@]}"; do
        __kept_columns "${COMPREPLY[i]}"
        if ((columns > width)); then width=$columns; fi
    done
    for i in "${!COMPREPLY[@]}"; do
        title=${titles[i]}
        __kept_columns "$title"
        while [[ -n $title ]] && ((columns > ${COLUMNS:-80} - width - 5)); do
            title=${title%?}
            __kept_columns "$title…"
        done
        if [[ -z $title ]]; then continue; fi
        if [[ $title != "${titles[i]}" ]]; then title+=…; fi
        __kept_columns "${COMPREPLY[i]}"
        COMPREPLY[i]=$(printf '%s%*s  (%s)' "${COMPREPLY[i]}" $((width - columns)) '' "$title")
    done
}

# Files and folders, or folders alone, into COMPREPLY. The arguments are endings.
__kept_files() {
    local name ending
    while IFS= read -r name; do
        if [[ ${name##*/} == .* && ${typed##*/} != .* ]]; then continue; fi # as ls does
        if [[ -d ${name/#\~\//$HOME/} ]]; then
            COMPREPLY+=("${name:from}")
            continue
        fi
        for ending in "$@"; do
            if [[ $name == *."$ending" || $name == *."$(tr '[:lower:]' '[:upper:]' <<<"$ending")" ]]; then
                COMPREPLY+=("${name:from}")
            fi
        done
    done < <(compgen -f -- "$typed")
    __kept_option -o filenames
}

# compopt came with bash 4.
__kept_option() {
    if [[ $(type -t compopt) == builtin ]]; then compopt "$@"; fi
}

__kept() {
    local words from typed flag='' program i line how='' lines=() titles=()
    COMPREPLY=()
    __kept_words
    typed=${words[${#words[@]} - 1]}
    for i in "${!words[@]}"; do words[i]=${words[i]/#\~\//$HOME/}; done
    program=${words[0]}
    if ! type -P -- "$program" >/dev/null; then program=kept; fi
    while IFS= read -r line; do
        if [[ -n $how ]]; then lines+=("$how"); fi
        how=$line
    done < <("$program" __complete "${words[@]:1}" 2>/dev/null)
    how=${how#:}
    if ! [[ $how =~ ^[0-9]+$ ]] || ((how & 1)); then return; fi
    if ((how & 2)); then __kept_option -o nospace; fi
    if ((how & 4)); then __kept_option +o default; fi
    if ((how & 8)); then __kept_files ${lines[@]+"${lines[@]}"}; return; fi
    if ((how & 16)); then __kept_files; return; fi

    # Of --flag=value the program gives the value.
    if [[ $typed == -*=* ]]; then flag=${typed%%=*}=; fi
    for line in ${lines[@]+"${lines[@]}"}; do
        i=$flag${line%%$'\t'*}
        if [[ $i != "$typed"* ]]; then continue; fi
        COMPREPLY+=("${i:from}")
        if [[ $line == *$'\t'* ]]; then titles+=("${line#*$'\t'}"); else titles+=(''); fi
    done
    if ((${#COMPREPLY[@]} == 1)); then
        if [[ $(type -t compopt) != builtin ]] && ! ((how & 2)); then COMPREPLY[0]+=' '; fi
    elif [[ ${COMP_TYPE-} != 37 && ${COMP_TYPE-} != 42 ]]; then # these put a word in at once
        __kept_titled
    fi
}

if [[ $(type -t compopt) == builtin ]]; then
    complete -o default -F __kept kept
else
    complete -o default -o nospace -F __kept kept
fi
