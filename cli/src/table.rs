//! Columns as `virsh` prints them: a blank before each cell, three blanks between columns, a rule
//! below the heading.

use std::fmt::Write as _;

/// Rows under a heading.
#[derive(Debug)]
pub(crate) struct Table {
    heading: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Table {
    /// An empty table.
    pub(crate) fn new<const N: usize>(heading: [&str; N]) -> Self {
        Self {
            heading: heading.iter().map(|&title| title.to_owned()).collect(),
            rows: Vec::new(),
        }
    }

    /// Adds a row.
    pub(crate) fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        self.rows.push(cells.into_iter().map(printable).collect());
    }

    /// The text; without heading and rule where `quiet`, as `virsh -q` prints it.
    pub(crate) fn text(&self, quiet: bool) -> String {
        let widths = self.widths(quiet);
        let mut text = String::new();
        if !quiet {
            line(&self.heading, &widths, &mut text);
            let rule = widths.iter().map(|width| width + 3).sum();
            let _ = writeln!(text, "{}", "-".repeat(rule));
        }
        for row in &self.rows {
            line(row, &widths, &mut text);
        }
        text
    }

    fn widths(&self, quiet: bool) -> Vec<usize> {
        let heading = (!quiet).then_some(&self.heading);
        let mut widths = vec![0; self.heading.len()];
        for row in heading.into_iter().chain(&self.rows) {
            for (width, cell) in widths.iter_mut().zip(row) {
                *width = (*width).max(cell.chars().count());
            }
        }
        widths
    }
}

/// The last cell is not filled up; an empty one leaves the blanks before it.
fn line(cells: &[String], widths: &[usize], text: &mut String) {
    for (index, (cell, width)) in cells.iter().zip(widths).enumerate() {
        let last = index + 1 == cells.len().min(widths.len());
        let _ = match last {
            true => write!(text, " {cell}"),
            false => write!(text, " {cell:<width$}  "),
        };
    }
    text.push('\n');
}

/// A cell must not break the row: control characters are shown as `\xNN`.
fn printable(cell: String) -> String {
    if !cell.chars().any(char::is_control) {
        return cell;
    }
    cell.chars().fold(String::new(), |mut shown, c| {
        if c.is_control() {
            let _ = write!(shown, "\\x{:02x}", u32::from(c));
        } else {
            shown.push(c);
        }
        shown
    })
}

#[cfg(test)]
mod tests {
    use super::Table;

    fn domains() -> Table {
        let mut table = Table::new(["Id", "Name", "State"]);
        table.row(["1", "test", "running"].map(str::to_owned));
        table.row(["-", "a\nb", "shut off"].map(str::to_owned));
        table
    }

    #[test]
    fn columns_are_as_wide_as_their_widest_cell() {
        assert_eq!(
            domains().text(false).lines().collect::<Vec<_>>(),
            [
                " Id   Name     State",
                "-------------------------",
                " 1    test     running",
                " -    a\\x0ab   shut off",
            ]
        );
    }

    #[test]
    fn quiet_leaves_the_heading_out() {
        assert!(domains().text(true).starts_with(" 1   test"));
    }

    #[test]
    fn an_empty_table_is_its_heading() {
        assert_eq!(
            Table::new(["Id", "Name", "State"]).text(false),
            " Id   Name   State\n--------------------\n"
        );
    }
}
