//! Verbs in paths and in the IDs of operations.

use crate::ir::HttpMethod;
use crate::lower::names::snake_words;

/// Verbs of operations which are no plain access to a resource. Words that are nouns as often (`export`,
/// `import`, `test`) are left out.
const VERBS: &str = "\
    accept acknowledge activate add apply approve archive assign attach authenticate authorize ban \
    bind block cancel change check clean clear clone close compute confirm convert count deactivate \
    decline decrement delete demote deploy deprecate detach disable discard dismiss download duplicate \
    enable enroll evaluate execute expire extend favorite fetch filter find follow freeze generate get \
    increment invite invoke join kill leave list lock login logout lookup mark merge migrate move mute \
    notify paginate parse pause ping promote publish pull purge push query reboot recalculate recover \
    redeliver refresh register reindex reject remove rename renew reopen reorder replay \
    rerun resend reset resize resolve restart restore resume retry revert revive revoke rollback rotate \
    run schedule search send set start stop submit subscribe suspend swap sync terminate toggle transfer \
    trigger unarchive unassign unban unbind unblock undeploy undo unfavorite unfollow unfreeze unlink \
    unlock unmark unmute unpause unpin unpublish unregister unschedule unset unstar unsubscribe \
    unsuspend update upgrade upload validate verify void";

/// A name starts with a verb that stands for an action.
pub(super) fn is_action(name: &str) -> bool {
    let words = snake_words(name);
    // One verb for many things stands behind that.
    let mut words = words
        .split('_')
        .filter(|word| !["batch", "bulk"].contains(word));
    words.next().is_some_and(is_verb)
}

fn is_verb(word: &str) -> bool {
    VERBS.split(' ').any(|verb| verb == word)
}

/// What the first word of a name says of an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Says {
    /// What its method says.
    Usual,
    /// That it does something else.
    Other,
    /// Nothing that is known.
    Nothing,
}

/// What the first word of a name says of an operation with this method.
pub(super) fn says(name: &str, method: &HttpMethod) -> Says {
    let usual = match method {
        HttpMethod::Get | HttpMethod::Head | HttpMethod::Query => {
            "get list find fetch query read retrieve search lookup filter paginate"
        }
        HttpMethod::Post => "add create insert new",
        HttpMethod::Put => "update set change put replace create edit",
        HttpMethod::Patch => "update set change patch edit modify",
        HttpMethod::Delete => "delete remove clear destroy",
        _ => return Says::Nothing,
    };
    let first = first_word(name);
    if usual.split(' ').any(|verb| verb == first) {
        Says::Usual
    } else if is_verb(first) {
        Says::Other
    } else {
        Says::Nothing
    }
}

fn first_word(name: &str) -> &str {
    name.split('_').next().unwrap_or_default()
}
