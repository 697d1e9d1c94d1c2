//! Builds the tree from the events of the YAML parser.

use std::{collections::HashMap, ops::Range};

use saphyr_parser::{Event, Parser, ScalarStyle, ScanError, Span, Tag};

use super::{
    Content, Data, MAX_DEPTH, Mapping, NodeId, Scalar, Step, Style, Tree,
    input::{Input, Replacement},
};

/// An error that prevents a text from being parsed.
#[derive(Debug)]
pub struct ParseError {
    pub kind: ParseErrorKind,
    /// The location; empty for an offset, such as the end of the text.
    pub span: Range<usize>,
}

#[derive(Debug)]
pub enum ParseErrorKind {
    /// The text is not YAML.
    Syntax {
        reason: String,
        after: usize,
    },
    /// YAML forbids the character, or parsers disagree on whether it ends a line.
    ForbiddenCharacter(char),
    Depth,
    Cycle,
    /// Nested aliases expand the document beyond the limit.
    Expansion,
}

/// The factor by which aliases can expand a document. serde_yaml has the same limit.
pub(crate) const MAX_EXPANSION: usize = 100;

/// Parses the first document of a stream, with some characters replaced.
pub(super) fn tree(text: &str, replacements: &[Replacement]) -> Result<Option<Tree>, ParseError> {
    if let Some((start, char)) = forbidden_character(text) {
        let span = start..start + char.len_utf8();
        return Err(ParseError { kind: ParseErrorKind::ForbiddenCharacter(char), span });
    }
    let input = Input::new(text, replacements);
    let mut parser = Parser::new_from_str(&input.yaml);
    let mut builder = Builder::new(&input);
    while let Some(event) = parser.next_event() {
        let (event, span) = event.map_err(|error| builder.syntax_error(&error))?;
        let span = builder.original_span(span);
        if matches!(event, Event::DocumentStart(_)) && !builder.tree.nodes.is_empty() {
            builder.tree.second_document = Some(span);
            break;
        }
        builder.last_end = span.end;
        builder.add_event(event, span)?;
    }
    let tree = Tree { text: text.to_owned(), replacements: replacements.to_vec(), ..builder.tree };
    Ok((!tree.nodes.is_empty()).then_some(tree))
}

fn forbidden_character(text: &str) -> Option<(usize, char)> {
    // Most documents are printable ASCII, for which scanning bytes is much faster.
    let is_ordinary = |byte| matches!(byte, b'\t' | b'\n' | b'\r' | b' '..=b'~');
    match text.bytes().all(is_ordinary) {
        true => None,
        false => text.char_indices().find(|(_, char)| is_forbidden(*char)),
    }
}

/// Returns true for characters that YAML forbids but the parser accepts, and for line separators: YAML 1.1, and
/// therefore serde_yaml, ends a line at them, while YAML 1.2 treats them as ordinary characters.
fn is_forbidden(char: char) -> bool {
    let is_control = char.is_control() && !matches!(char, '\t' | '\n' | '\r');
    is_control || matches!(char, '\u{2028}' | '\u{2029}' | '\u{fffe}' | '\u{ffff}')
}

struct Builder<'t> {
    input: &'t Input<'t>,
    /// The tree built so far, without its text.
    tree: Tree,
    sizes: Vec<Size>,
    open: Vec<Open>,
    anchors: HashMap<usize, NodeId>,
    last_end: usize,
}

/// A collection whose end has not been read.
struct Open {
    id: NodeId,
    /// The key whose value has not been read.
    key: Option<NodeId>,
}

/// The size of a node with its descendants. An alias has the size of its target.
#[derive(Clone, Copy)]
struct Size {
    /// The number of levels of nested collections. An open collection itself does not count yet.
    height: usize,
    nodes: usize,
}

impl<'t> Builder<'t> {
    fn new(input: &'t Input<'t>) -> Self {
        let tree = Tree {
            text: String::new(),
            replacements: Vec::new(),
            nodes: Vec::new(),
            anchored: Vec::new(),
            aliases: Vec::new(),
            second_document: None,
        };
        let (sizes, open, anchors) = (Vec::new(), Vec::new(), HashMap::new());
        Self { input, tree, sizes, open, anchors, last_end: 0 }
    }

    fn add_event(&mut self, event: Event<'_>, span: Range<usize>) -> Result<(), ParseError> {
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                let style = match style {
                    ScalarStyle::Plain => Style::Plain,
                    ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => Style::Quoted,
                    ScalarStyle::Literal => Style::Literal,
                    ScalarStyle::Folded => Style::Folded,
                };
                let scalar = Scalar { text: text.into_owned(), style };
                let id = self.add(Content::Scalar(scalar), anchor, tag.as_deref(), span);
                self.count(id);
            }
            Event::MappingStart(anchor, tag) => {
                let content = Content::Mapping(Mapping::default());
                self.open(content, anchor, tag.as_deref(), span)?;
            }
            Event::SequenceStart(anchor, tag) => {
                self.open(Content::Sequence(Vec::new()), anchor, tag.as_deref(), span)?;
            }
            Event::MappingEnd | Event::SequenceEnd => self.close(&span),
            Event::Alias(anchor) => self.alias(anchor, span)?,
            _ => {}
        }
        Ok(())
    }

    fn open(
        &mut self,
        content: Content,
        anchor: usize,
        tag: Option<&Tag>,
        span: Range<usize>,
    ) -> Result<(), ParseError> {
        if self.open.len() >= MAX_DEPTH {
            let span = span.start..span.start + 1;
            return Err(ParseError { kind: ParseErrorKind::Depth, span });
        }
        let id = self.add(content, anchor, tag, span);
        self.open.push(Open { id, key: None });
        Ok(())
    }

    fn close(&mut self, end: &Range<usize>) {
        let Some(Open { id, .. }) = self.open.pop() else { return };
        let start = self.tree.nodes[id.0].span.start;
        // The parser ends a block where the next token begins, which can be several lines below.
        let end = start + without_trailing_space(&self.input.original()[start..end.end]).len();
        self.tree.nodes[id.0].span.end = end;
        self.sort_keys(id);
        self.sizes[id.0].height += 1;
        self.count(id);
    }

    fn sort_keys(&mut self, id: NodeId) {
        let Content::Mapping(mapping) = &mut self.tree.nodes[id.0].content else { return };
        let mut mapping = std::mem::take(mapping);
        let key = |index: usize| self.tree.node(mapping.entries[index].0).text();
        let mut by_key: Vec<usize> =
            (0..mapping.entries.len()).filter(|index| key(*index).is_some()).collect();
        by_key.sort_by_key(|index| key(*index));
        mapping.has_duplicate_keys = by_key.windows(2).any(|pair| key(pair[0]) == key(pair[1]));
        mapping.by_key = by_key;
        self.tree.nodes[id.0].content = Content::Mapping(mapping);
    }

    fn alias(&mut self, anchor: usize, span: Range<usize>) -> Result<(), ParseError> {
        let Some(target) = self.anchors.get(&anchor).copied() else { return Ok(()) };
        if self.open.iter().any(|open| open.id == target) {
            return Err(ParseError { kind: ParseErrorKind::Cycle, span });
        }
        let size = self.sizes[target.0];
        if self.open.len() + size.height > MAX_DEPTH {
            return Err(ParseError { kind: ParseErrorKind::Depth, span });
        }
        let id = self.add(Content::Alias(target), 0, None, span.clone());
        self.tree.aliases.push(id);
        self.sizes[id.0] = size;
        self.count(id);
        let sizes = self.open.iter().map(|open| self.sizes[open.id.0].nodes);
        let most = self.tree.nodes.len().saturating_mul(MAX_EXPANSION);
        match sizes.fold(0, usize::saturating_add) > most {
            true => Err(ParseError { kind: ParseErrorKind::Expansion, span }),
            false => Ok(()),
        }
    }

    /// Adds a node to the innermost open collection.
    fn add(
        &mut self,
        content: Content,
        anchor: usize,
        tag: Option<&Tag>,
        span: Range<usize>,
    ) -> NodeId {
        let id = NodeId(self.tree.nodes.len());
        if anchor != 0 {
            self.anchors.insert(anchor, id);
            self.tree.anchored.push(id);
        }
        let parent = self.open.last().map_or(id, |open| open.id);
        let step = self.attach(id);
        let tag = tag.map(|tag| tag_name(tag).into_boxed_str());
        self.tree.nodes.push(Data { content, step, parent, span, tag });
        self.sizes.push(Size { height: 0, nodes: 1 });
        id
    }

    fn attach(&mut self, id: NodeId) -> Step {
        let Some(open) = self.open.last_mut() else { return Step::Root };
        match &mut self.tree.nodes[open.id.0].content {
            Content::Sequence(items) => {
                items.push(id);
                Step::Item(items.len() - 1)
            }
            Content::Mapping(mapping) => match open.key.take() {
                None => {
                    open.key = Some(id);
                    Step::Key
                }
                Some(key) => {
                    mapping.entries.push((key, id));
                    Step::Value(key)
                }
            },
            Content::Scalar(_) | Content::Alias(_) => Step::Root,
        }
    }

    /// Adds the size of a complete node to the size of the collection that contains it.
    fn count(&mut self, id: NodeId) {
        let Some(open) = self.open.last() else { return };
        let added = self.sizes[id.0];
        let size = &mut self.sizes[open.id.0];
        size.height = size.height.max(added.height);
        size.nodes = size.nodes.saturating_add(added.nodes);
    }

    fn syntax_error(&self, error: &ScanError) -> ParseError {
        let offset = self.input.original_offset(error.marker().index());
        let reason = error.info().to_owned();
        let kind = ParseErrorKind::Syntax { reason, after: self.last_end };
        ParseError { kind, span: offset..offset }
    }

    fn original_span(&self, span: Span) -> Range<usize> {
        let start = self.input.original_offset(span.start.index());
        let end = self.input.original_offset(span.end.index()).max(start);
        start..start + without_trailing_space(&self.input.original()[start..end]).len()
    }
}

/// Returns the name of a tag as it is written in YAML.
fn tag_name(tag: &Tag) -> String {
    match tag.is_yaml_core_schema() {
        true => format!("!!{}", tag.suffix),
        false => format!("{}{}", tag.handle, tag.suffix),
    }
}

/// Removes YAML whitespace from the end of a text. Other spaces, such as U+00A0, belong to a scalar.
fn without_trailing_space(text: &str) -> &str {
    text.trim_end_matches([' ', '\t', '\r', '\n'])
}
