# fish completion support for the `whisker` command

# Whether the words so far begin with these commands, and the next is none of those after --.
function __whisker_in
    set -l words (commandline -opc)
    set -e words[1]
    while set -q argv[1]; and test "$argv[1]" != --
        if not set -q words[1]; or test "$words[1]" != "$argv[1]"
            return 1
        end
        set -e words[1]
        set -e argv[1]
    end
    not set -q words[1]; or not contains -- "$words[1]" $argv
end

# The models of this whisker: folders with a card.
function __whisker_models
    set -l homes
    if set -q WHISKER_HOME
        set -a homes $WHISKER_HOME
    else
        set -l start (command -s (commandline -opc)[1])
        set -q start[1]; and set -a homes (string replace -r '/bin$' '' (dirname (readlink -f $start)))
    end
    set -q XDG_DATA_HOME; and set -a homes $XDG_DATA_HOME/whisker
    set -q XDG_DATA_HOME; or set -a homes $HOME/.local/share/whisker
    for home in $homes
        for model in (command ls $home/models 2>/dev/null)
            test -f $home/models/$model/model.json; and echo $model
        end
    end | sort -u
end

