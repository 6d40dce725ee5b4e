//! Verbs in paths and in the IDs of operations.

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::ir::HttpMethod;
use crate::lower::names::snake_words;

/// Verbs of operations which are no plain access to a resource. Words that are nouns as often (`export`,
/// `import`, `test`) are left out. Questions are asked, whatever the method.
const VERBS: &str = "\
    abort accept acknowledge activate add adjust adopt allocate annotate anonymize append apply \
    approve archive assign associate attach authenticate authorize ban bind block calculate \
    cancel capture change check classify clean clear clone close compact complete compute \
    configure confirm connect consume convert count deactivate decline decode decrement decrypt \
    defragment delete demote deny deploy deprecate deprovision dequeue deregister describe \
    destroy detach detect disable disassociate discard disconnect discover dismiss dispatch \
    download drain duplicate enable encode encrypt enqueue enroll erase escalate evaluate evict \
    execute exists expand expire extend extract favorite fetch filter finalize find finish flush \
    follow forget forward freeze generate get has identify ignore impersonate increment ingest \
    initialize initiate inspect install invalidate invite invoke is join kill launch leave list \
    load lock login logout lookup mark merge migrate moderate modify mount move mute normalize \
    notify overwrite paginate parse pause pay peek persist ping populate predict prepare \
    prioritize promote provision prune publish pull purge push quarantine query reactivate \
    reassign reboot rebuild recalculate receive recommend reconcile recover rectify redeem \
    redeliver redo refresh regenerate register reindex reject reload remediate remove rename \
    render renew reopen reorder replay reprocess rerun reschedule resend reset resize resolve \
    restart restore resume retire retrieve retry revert revive revoke rollback rotate run \
    sanitize save schedule scroll search seek select send set shutdown sign simulate skip sort \
    spawn start stop submit subscribe suggest summarize suppress suspend swap sync synchronize \
    terminate toggle transfer trigger truncate unarchive unassign unban unbind unblock uncordon \
    undelete undeploy undo unfavorite unflag unfollow unfreeze uninstall unlike unlink unlock \
    unmark unmoderate unmount unmute unpause unpin unpublish unregister unschedule unset unstar \
    unsubscribe unsuspend untag update upgrade upload upsert validate verify visualize void wait \
    watch wipe withdraw";

/// A name starts with a verb that stands for an action.
pub(super) fn is_action(name: &str) -> bool {
    verb_of_many(&snake_words(name)).is_some_and(is_verb)
}

/// The first word of a name, or what stands behind one that says that it is done to many things.
pub(super) fn verb_of_many(name: &str) -> Option<&str> {
    let mut words = name.split('_');
    words.find(|word| !["batch", "bulk"].contains(word))
}

pub(super) fn is_verb(word: &str) -> bool {
    static SET: LazyLock<HashSet<&str>> = LazyLock::new(|| VERBS.split(' ').collect());
    SET.contains(word)
}

/// A verb that stands for plain access to a resource.
pub(super) fn is_plain(word: &str) -> bool {
    let plain =
        "create delete destroy edit get insert list new patch read replace show update view";
    plain.split(' ').any(|verb| verb == word)
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

/// The last word of a name says no more than the method does: `cables_create` is a `POST`.
pub(super) fn ends_as_usual(name: &str, method: &HttpMethod) -> bool {
    let last = name.rsplit('_').next().unwrap_or_default();
    last == method.as_str().to_ascii_lowercase() || says(last, method) == Says::Usual
}

/// What the first word of a name says of an operation with this method.
pub(super) fn says(name: &str, method: &HttpMethod) -> Says {
    let usual = match method {
        HttpMethod::Get | HttpMethod::Head | HttpMethod::Query => {
            "get list describe find fetch query read retrieve search lookup filter paginate"
        }
        HttpMethod::Post => "add create insert new",
        HttpMethod::Put => "update set change put replace create edit modify",
        HttpMethod::Patch => "update set change patch edit modify",
        HttpMethod::Delete => "delete remove clear destroy",
        _ => return Says::Nothing,
    };
    // What is added to something else need not be created.
    if name.starts_with("add_to_") {
        return Says::Other;
    }
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
