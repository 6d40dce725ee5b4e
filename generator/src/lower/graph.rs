//! Directed graphs.

/// A node on the way from the first one to the current one.
struct Step {
    node: usize,
    /// How many of its edges have been followed.
    followed: usize,
}

/// A number for each node; nodes that lie on a common cycle have the same.
///
/// This is Tarjan's algorithm, which passes every edge once, with a stack of its own, so that no
/// depth can exhaust the program's. Edges that lead to no node are ignored.
pub(super) fn components(edges: &[Vec<usize>]) -> Vec<usize> {
    let mut search = Search {
        edges,
        order: vec![None; edges.len()],
        lowest: vec![0; edges.len()],
        component: vec![None; edges.len()],
        open: Vec::new(),
        entered: 0,
        found: 0,
    };
    for node in 0..edges.len() {
        search.visit(node);
    }
    search
        .component
        .into_iter()
        .map(Option::unwrap_or_default)
        .collect()
}

struct Search<'e> {
    edges: &'e [Vec<usize>],
    /// The nodes' numbers in the order in which they were entered.
    order: Vec<Option<usize>>,
    /// The first node of that order that can be reached.
    lowest: Vec<usize>,
    component: Vec<Option<usize>>,
    /// Nodes that were entered and belong to no component yet.
    open: Vec<usize>,
    entered: usize,
    found: usize,
}

impl Search<'_> {
    fn visit(&mut self, start: usize) {
        if self.order[start].is_some() {
            return;
        }
        let mut way = vec![self.enter(start)];
        while let Some(step) = way.last_mut() {
            let node = step.node;
            let next = self.edges[node].get(step.followed).copied();
            step.followed += 1;
            match next {
                Some(next) if next >= self.edges.len() => {}
                Some(next) => match (self.order[next], self.component[next]) {
                    (None, _) => {
                        let step = self.enter(next);
                        way.push(step);
                    }
                    (Some(order), None) => self.lowest[node] = self.lowest[node].min(order),
                    (Some(_), Some(_)) => {}
                },
                None => {
                    way.pop();
                    self.leave(node);
                    if let Some(before) = way.last() {
                        let lowest = self.lowest[node];
                        self.lowest[before.node] = self.lowest[before.node].min(lowest);
                    }
                }
            }
        }
    }

    fn enter(&mut self, node: usize) -> Step {
        self.order[node] = Some(self.entered);
        self.lowest[node] = self.entered;
        self.entered += 1;
        self.open.push(node);
        Step { node, followed: 0 }
    }

    /// Closes the component of a node that reaches none before itself.
    fn leave(&mut self, node: usize) {
        if self.order[node] != Some(self.lowest[node]) {
            return;
        }
        while let Some(member) = self.open.pop() {
            self.component[member] = Some(self.found);
            if member == node {
                break;
            }
        }
        self.found += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::components;

    #[test]
    fn nodes_on_a_common_cycle_belong_together() {
        // 0 -> 1 -> 2 -> 0, with 3 -> 4 -> 3 behind it, 5 on its own and 6 that leads to itself.
        let edges = [
            vec![1],
            vec![2],
            vec![0, 3],
            vec![4],
            vec![3, 9],
            vec![0],
            vec![6],
        ];
        let found = components(&edges);
        let together = |one: usize, other: usize| found[one] == found[other];
        assert!(together(0, 1) && together(1, 2) && together(3, 4));
        for (one, other) in [(0, 3), (0, 5), (3, 5), (0, 6), (5, 6)] {
            assert!(!together(one, other), "{one} and {other}: {found:?}");
        }
    }

    #[test]
    fn a_long_chain_needs_no_deep_stack() {
        let length = 200_000;
        let edges: Vec<Vec<usize>> = (0..length).map(|node| vec![(node + 1) % length]).collect();
        let found = components(&edges);
        assert!(found.iter().all(|component| *component == found[0]));
    }
}
