//! Finds method calls in generated code.

use syn::{
    Block, ExprMethodCall, Stmt,
    visit::{self, Visit},
};

/// Returns the last call of a method in a block.
pub(super) fn last<'b>(block: &'b Block, method: &'static str) -> Option<&'b ExprMethodCall> {
    let mut calls = Calls { method, last: None };
    calls.visit_block(block);
    calls.last
}

/// Returns true if a statement calls a method.
pub(super) fn has(statement: &Stmt, method: &'static str) -> bool {
    let mut calls = Calls { method, last: None };
    calls.visit_stmt(statement);
    calls.last.is_some()
}

struct Calls<'b> {
    method: &'static str,
    last: Option<&'b ExprMethodCall>,
}

impl<'b> Visit<'b> for Calls<'b> {
    fn visit_expr_method_call(&mut self, call: &'b ExprMethodCall) {
        // The receiver of a call is called before it.
        visit::visit_expr_method_call(self, call);
        if call.method == self.method {
            self.last = Some(call);
        }
    }
}

#[cfg(test)]
mod tests {
    use syn::parse_quote;

    use super::*;

    #[test]
    fn the_last_call_of_a_chain() {
        let block: Block = parse_quote!({
            first.status(1);
            response.status(2).body(text).status(3)
        });
        let call = last(&block, "status").unwrap();
        assert_eq!(call.args.first(), Some(&parse_quote!(3)));
    }

    #[test]
    fn a_method_that_is_not_called() {
        let statement = parse_quote!(status(response.body("status")););
        assert!(!has(&statement, "status"));
        assert!(has(&statement, "body"));
    }
}
