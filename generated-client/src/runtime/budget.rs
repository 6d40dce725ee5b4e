//! A limit of the retries of all calls of a client together.

use std::sync::atomic::{AtomicU32, Ordering};

/// What one retry costs.
const COST: u32 = 10;

/// What a call that succeeds gives back: ten of them pay for one retry.
const REFUND: u32 = 1;

/// Lets a few calls be retried often, but never all of them: when a server fails for everybody, the
/// attempts of a client stay below its calls plus the budget.
pub(super) struct RetryBudget {
    balance: AtomicU32,
    most: u32,
}

impl RetryBudget {
    /// A budget of this many retries.
    pub(super) fn new(retries: u32) -> Self {
        let most = retries.saturating_mul(COST);
        Self {
            balance: AtomicU32::new(most),
            most,
        }
    }

    /// Pays for a retry, where the budget allows it.
    pub(super) fn withdraw(&self) -> bool {
        let pay = |balance: u32| balance.checked_sub(COST);
        self.balance
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, pay)
            .is_ok()
    }

    /// Gives back a little for a call that succeeded.
    pub(super) fn refund(&self) {
        let add = |balance: u32| Some(balance.saturating_add(REFUND).min(self.most));
        let _ = self
            .balance
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, add);
    }
}

#[cfg(test)]
mod tests {
    use super::RetryBudget;

    #[test]
    fn ten_successes_pay_for_one_retry() {
        let budget = RetryBudget::new(2);
        assert!(budget.withdraw());
        assert!(budget.withdraw());
        assert!(!budget.withdraw());
        for _ in 0..9 {
            budget.refund();
        }
        assert!(!budget.withdraw());
        budget.refund();
        assert!(budget.withdraw());
    }
}
