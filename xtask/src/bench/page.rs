//! The figures as text for a terminal and as a page.

use std::fmt::Write as _;

use super::{Figures, Row, builds::Build, measure::Cost, programs::Program};

/// Where the page is.
pub(super) const PATH: &str = "xtask/benchmarks.md";

/// Tables with aligned columns.
pub(super) fn text(figures: &Figures) -> String {
    let mut text = String::new();
    for (title, table) in tables(figures) {
        let _ = writeln!(text, "{title}");
        text.push_str(&aligned(&table, "  "));
        text.push('\n');
    }
    if let Some(exponent) = figures.exponent {
        let _ = writeln!(
            text,
            "processor time grows with the size to the power of {exponent:.2}"
        );
    }
    for missing in &figures.missing {
        let _ = writeln!(text, "missing: {missing}");
    }
    text
}

/// The page.
pub(super) fn markdown(figures: &Figures) -> String {
    let profile = if figures.optimised {
        "an optimised"
    } else {
        "the development"
    };
    let mut text = format!(
        "# Benchmarks\n\n\
         Written by `{}` on {}, with {}. Each figure is the median of at least {} runs of \
         {profile} build, but for builds from nothing, which ran once; other generators are optimised \
         builds in the pinned versions of `xtask/src/bench/peers.rs`, and took turns with ours.\n",
        figures.command, figures.machine, figures.rust, figures.runs
    );
    for (title, table) in tables(figures) {
        let _ = write!(text, "\n## {title}\n\n{}", aligned(&ruled(table), " | "));
    }
    if let Some(exponent) = figures.exponent {
        let _ = write!(
            text,
            "\nProcessor time grows with the size to the power of {exponent:.2}; 1 is linear.\n"
        );
    }
    if !figures.missing.is_empty() {
        text.push_str("\n## Not measured\n\n");
        for missing in &figures.missing {
            let _ = writeln!(text, "- {missing}");
        }
    }
    text
}

type Table = Vec<Vec<String>>;

fn tables(figures: &Figures) -> Vec<(&'static str, Table)> {
    let mut tables = Vec::new();
    if !figures.documents.is_empty() {
        tables.push(("Generation", rows(&figures.documents)));
    }
    if !figures.synthetic.is_empty() {
        tables.push(("Growth", rows(&figures.synthetic)));
    }
    if !figures.builds.is_empty() {
        tables.push(("Builds of what was emitted", builds(&figures.builds)));
    }
    if !figures.programs.is_empty() {
        tables.push(("Builds of programs", programs(&figures.programs)));
    }
    if !figures.calls.is_empty() {
        let mut table = vec![header(&["task", "with", "figure", "unit"])];
        table.extend(figures.calls.iter().map(|figure| {
            vec![
                figure.task.clone(),
                figure.with.clone(),
                format!("{:.1}", figure.value),
                figure.unit.clone(),
            ]
        }));
        tables.push(("Calls", table));
    }
    tables
}

fn rows(rows: &[Row]) -> Table {
    let columns = [
        "document",
        "kB",
        "generator",
        "wall ms",
        "processor ms",
        "peak MB",
        "lines",
    ];
    let mut table = vec![header(&columns)];
    table.extend(rows.iter().map(|row| {
        vec![
            row.document.clone(),
            row.kilobytes.to_string(),
            row.program.clone(),
            format!("{:.0}", row.cost.wall_seconds * 1000.0),
            format!("{:.0}", row.cost.cpu_seconds * 1000.0),
            format!("{:.0}", row.cost.peak_megabytes),
            row.lines.to_string(),
        ]
    }));
    table
}

fn builds(builds: &[Build]) -> Table {
    let columns = [
        "document",
        "generator",
        "dependencies",
        "from nothing s",
        "its processor s",
        "check alone s",
        "its processor s",
    ];
    let mut table = vec![header(&columns)];
    table.extend(builds.iter().map(|build| {
        let cold = |figure: fn(&Cost) -> f64| {
            let cold = build.cold.as_ref().map(figure);
            cold.map_or_else(String::new, |seconds| format!("{seconds:.1}"))
        };
        vec![
            build.document.clone(),
            build.program.clone(),
            build.dependencies.to_string(),
            cold(|cost| cost.wall_seconds),
            cold(|cost| cost.cpu_seconds),
            format!("{:.2}", build.check.wall_seconds),
            format!("{:.2}", build.check.cpu_seconds),
        ]
    }));
    table
}

fn programs(programs: &[Program]) -> Table {
    let columns = [
        "program",
        "dependencies",
        "from nothing s",
        "its processor s",
        "size kB",
    ];
    let mut table = vec![header(&columns)];
    table.extend(programs.iter().map(|program| {
        vec![
            program.name.clone(),
            program.dependencies.to_string(),
            format!("{:.1}", program.cold.wall_seconds),
            format!("{:.1}", program.cold.cpu_seconds),
            program.kilobytes.to_string(),
        ]
    }));
    table
}

fn header(names: &[&str]) -> Vec<String> {
    names.iter().map(ToString::to_string).collect()
}

/// A table with Markdown's rule below its header.
fn ruled(mut table: Table) -> Table {
    let columns = table.first().map_or(0, Vec::len);
    table.insert(1.min(table.len()), vec!["---".to_owned(); columns]);
    table
}

fn aligned(table: &Table, separator: &str) -> String {
    let columns = table.iter().map(Vec::len).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns)
        .map(|column| {
            let cells = table.iter().filter_map(|row| row.get(column));
            cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
        })
        .collect();
    let bar = separator.contains('|');
    let mut text = String::new();
    for row in table {
        let cells: Vec<String> = row
            .iter()
            .zip(&widths)
            .map(|(cell, width)| format!("{cell:<width$}"))
            .collect();
        let line = cells.join(separator);
        if bar {
            let _ = writeln!(text, "| {line} |");
        } else {
            let _ = writeln!(text, "{}", line.trim_end());
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{aligned, ruled};

    #[test]
    fn a_table_is_one_in_both_forms() {
        let table = vec![
            vec!["a".to_owned(), "long".to_owned()],
            vec!["word".to_owned(), "1".to_owned()],
        ];
        assert_eq!(aligned(&table, "  "), "a     long\nword  1\n");
        assert_eq!(
            aligned(&ruled(table), " | "),
            "| a    | long |\n| ---  | ---  |\n| word | 1    |\n"
        );
    }
}
