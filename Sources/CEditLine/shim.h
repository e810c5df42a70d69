// The line editor's calls with variable arguments, one wrapper for each shape in use: Swift cannot call those itself.
// Text crosses as UTF-8, single characters as code points, because Swift's own reading of wchar_t traps on what is none.
#pragma once

#include <histedit.h>
#include <stdint.h>
#include <stdio.h>
#include <wchar.h>

// Declared by <wchar.h> only where X/Open was asked for.
int wcwidth(wchar_t);

/// A function bound to a key; returns a CC_ code.
typedef unsigned char (*editline_key)(EditLine *, wint_t);
/// Reads one character; 1, 0 at the end of input, or -1.
typedef int (*editline_read)(EditLine *, uint32_t *);

static inline EditLine *editline_open(const char *program) {
    return el_init(program, stdin, stdout, stderr);
}

static inline void editline_mode(EditLine *editor, const char *name) { el_set(editor, EL_EDITOR, name); }

static inline void editline_prompt(EditLine *editor, char *(*prompt)(EditLine *)) { el_set(editor, EL_PROMPT, prompt); }

static inline void editline_reader(EditLine *editor, editline_read reader) { el_wset(editor, EL_GETCFN, (el_rfunc_t)reader); }

/// Whether signals are the editor's business.
static inline void editline_signals(EditLine *editor, int on) { el_set(editor, EL_SIGNAL, on); }

/// The terminal as editing needs it, or as programs do.
static inline void editline_terminal(EditLine *editor, int editing) { el_set(editor, EL_PREP_TERM, editing); }

/// Draws all of it again, as if the cursor stood where the prompt begins.
static inline void editline_redraw(EditLine *editor) { el_set(editor, EL_REFRESH); }

static inline void editline_command(EditLine *editor, const char *name, const char *help, editline_key function) {
    el_set(editor, EL_ADDFN, name, help, function);
}

static inline void editline_bind(EditLine *editor, const char *key, const char *command) {
    el_set(editor, EL_BIND, key, command, NULL);
}

/// In the second key map, the one of vi's command mode.
static inline void editline_bind_alternate(EditLine *editor, const char *key, const char *command) {
    el_set(editor, EL_BIND, "-a", key, command, NULL);
}

static inline void editline_history(EditLine *editor, History *list) { el_set(editor, EL_HIST, history, list); }

static inline void editline_history_size(History *list, int size) {
    HistEvent event;
    history(list, &event, H_SETSIZE, size);
}

static inline void editline_history_enter(History *list, const char *entry) {
    HistEvent event;
    history(list, &event, H_ENTER, entry);
}

/// The next character that is typed.
static inline int editline_next(EditLine *editor, uint32_t *character) {
    wchar_t wide = 0;
    int count = el_wgetc(editor, &wide);
    *character = (uint32_t)wide;
    return count;
}

static inline void editline_flush(void) { fflush(stdout); }

/// Columns that a character takes in this locale.
static inline int editline_cells(uint32_t character) { return wcwidth((wchar_t)character); }

/// Whether the emacs keys are in use, and not vi's.
static inline int editline_is_emacs(EditLine *editor) {
    const char *name = NULL;
    return el_get(editor, EL_EDITOR, &name) == 0 && name != NULL && name[0] == 'e';
}

/// After an end of input, or a read that a signal cut short, reads on.
static inline void editline_forget_end(void) { clearerr(stdin); }
