//! Finds undeclared members in a response that may contain the value of a missing member.

use serde::de::Error as _;
use serde_json::Error;

/// The name of a declared member, and whether the response has no value for it.
pub(crate) type Declared = (&'static str, bool);

/// The details that the models of a response report about their members.
#[derive(Default)]
pub(crate) struct Inspection {
    is_begun: bool,
    undeclared: usize,
    misnamed: Option<(String, &'static str)>,
}

#[allow(dead_code, reason = "a document may lack models of some of these kinds")]
impl Inspection {
    /// Reports an object whose undeclared members have these names.
    pub(crate) fn object<'a>(
        &mut self,
        undeclared: impl ExactSizeIterator<Item = &'a String>,
        declared: &[Declared],
    ) {
        if !std::mem::replace(&mut self.is_begun, true)
            && declared.iter().all(|(_, is_missing)| *is_missing)
        {
            self.undeclared = undeclared.len();
        }
        self.open_object(undeclared, declared);
    }

    /// Reports an object for which the document allows members that it does not declare.
    pub(crate) fn open_object<'a>(
        &mut self,
        mut undeclared: impl Iterator<Item = &'a String>,
        declared: &[Declared],
    ) {
        self.is_begun = true;
        let meant = |name: &str| {
            let mut missing = declared.iter().filter(|(_, is_missing)| *is_missing);
            missing.find(|(declared, _)| declared.eq_ignore_ascii_case(name))
        };
        if self.misnamed.is_none() {
            self.misnamed = undeclared.find_map(|name| Some((name.clone(), meant(name)?.0)));
        }
    }

    /// Returns the number of members in the response, if it is an object without any declared member and the document
    /// allows no other members; otherwise 0.
    pub(crate) fn undeclared(&self) -> usize {
        self.undeclared
    }

    /// Returns an error if a member differs from a missing one only in letter case.
    ///
    /// Reading it as the missing member would be a guess about money, and treating the missing member as absent could
    /// mean "no budget".
    pub(crate) fn misnamed(&self) -> Result<(), Error> {
        match &self.misnamed {
            None => Ok(()),
            Some((found, declared)) => Err(Error::custom(format_args!(
                "`{found}` is not declared and `{declared}` is missing; they differ only in letter case"
            ))),
        }
    }
}
