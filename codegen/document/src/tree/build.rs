//! From the events of the YAML parser to the tree.

use std::{collections::HashMap, ops::Range};

use saphyr_parser::{Event, Parser, ScalarStyle, ScanError, Span, Tag};

use super::{
    Content, Data, MAX_DEPTH, Mapping, NodeId, Scalar, Step, Style, Tree,
    input::{Input, Repair},
};

/// What keeps a text from being read.
#[derive(Debug)]
pub struct ParseError {
    /// What it is.
    pub flaw: ParseErrorKind,
    /// Where it is; empty at the end of the text.
    pub span: Range<usize>,
}

/// The kinds of what keeps a text from being read.
#[derive(Debug)]
pub enum ParseErrorKind {
    /// It is not YAML.
    Syntax {
        /// The parser's words.
        reason: String,
        /// Where the last thing ends that the parser could read.
        after: usize,
    },
    /// A character stands in it that YAML forbids, or that only some take for the end of a line.
    ControlCharacter(char),
    /// Collections lie in each other deeper than [`MAX_DEPTH`].
    Depth,
    /// An alias stands in what it stands for.
    Cycle,
    /// Aliases of aliases multiply the document beyond measure.
    Expansion,
}

/// By how much aliases may multiply the nodes of a document; serde_yaml has the same limit.
const MAX_EXPANSION: usize = 100;

/// The tree of a stream's first document.
pub(super) fn tree(text: &str, repairs: &[Repair]) -> Result<Option<Tree>, ParseError> {
    if let Some((at, sign)) = text.char_indices().find(|(_, sign)| is_forbidden(*sign)) {
        let span = at..at + sign.len_utf8();
        return Err(ParseError { flaw: ParseErrorKind::ControlCharacter(sign), span });
    }
    let input = Input::new(text, repairs);
    let mut parser = Parser::new_from_str(&input.yaml);
    let mut builder = Builder::new(&input);
    while let Some(event) = parser.next_event() {
        let (event, span) = event.map_err(|error| builder.syntax(&error))?;
        let span = builder.bytes(span);
        if matches!(event, Event::DocumentStart(_)) && !builder.nodes.is_empty() {
            builder.second_document = Some(span);
            break;
        }
        builder.after = span.end;
        builder.take(event, span)?;
    }
    Ok(builder.finish().map(|tree| Tree { repairs: repairs.to_vec(), ..tree }))
}

/// Whether a character may not stand in YAML, whatever the parser says, or divides readers: what ends a line in
/// YAML 1.1, as serde_yaml has it, is a sign like any other in YAML 1.2.
fn is_forbidden(sign: char) -> bool {
    let is_control = sign.is_control() && !matches!(sign, '\t' | '\n' | '\r');
    is_control || matches!(sign, '\u{2028}' | '\u{2029}' | '\u{fffe}' | '\u{ffff}')
}

struct Builder<'t> {
    input: &'t Input<'t>,
    nodes: Vec<Data>,
    sizes: Vec<Size>,
    open: Vec<Open>,
    anchors: HashMap<usize, NodeId>,
    anchored: Vec<NodeId>,
    aliases: Vec<NodeId>,
    second_document: Option<Range<usize>>,
    /// Where the last event ends.
    after: usize,
}

/// A collection whose end has not come yet.
struct Open {
    id: NodeId,
    /// The key whose value is to come.
    key: Option<NodeId>,
}

/// How much a node is, with all that it contains and with its aliases resolved.
#[derive(Clone, Copy)]
struct Size {
    /// The levels of collections; of those below it, while its end has not come yet.
    height: usize,
    nodes: usize,
}

impl<'t> Builder<'t> {
    fn new(input: &'t Input<'t>) -> Self {
        Self {
            input,
            nodes: Vec::new(),
            sizes: Vec::new(),
            open: Vec::new(),
            anchors: HashMap::new(),
            anchored: Vec::new(),
            aliases: Vec::new(),
            second_document: None,
            after: 0,
        }
    }

    fn take(&mut self, event: Event<'_>, span: Range<usize>) -> Result<(), ParseError> {
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                let style = match style {
                    ScalarStyle::Plain => Style::Plain,
                    ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => Style::Quoted,
                    ScalarStyle::Literal => Style::Literal,
                    ScalarStyle::Folded => Style::Folded,
                };
                let scalar = Scalar { text: text.into_owned(), style };
                self.leaf(Content::Scalar(scalar), anchor, tag.as_deref(), span);
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

    fn leaf(&mut self, content: Content, anchor: usize, tag: Option<&Tag>, span: Range<usize>) {
        let id = self.add(content, anchor, tag, span);
        self.grow(id);
    }

    fn open(
        &mut self,
        content: Content,
        anchor: usize,
        tag: Option<&Tag>,
        span: Range<usize>,
    ) -> Result<(), ParseError> {
        if self.open.len() >= MAX_DEPTH {
            return Err(ParseError {
                flaw: ParseErrorKind::Depth,
                span: span.start..span.start + 1,
            });
        }
        let id = self.add(content, anchor, tag, span);
        self.open.push(Open { id, key: None });
        Ok(())
    }

    fn close(&mut self, end: &Range<usize>) {
        let Some(Open { id, .. }) = self.open.pop() else { return };
        let start = self.nodes[id.0].span.start;
        // A block ends where the next token begins, which may be lines below.
        let end = start + without_end(&self.input.original()[start..end.end]).len();
        self.nodes[id.0].span.end = end;
        self.sizes[id.0].height += 1;
        self.grow(id);
    }

    fn alias(&mut self, anchor: usize, span: Range<usize>) -> Result<(), ParseError> {
        let Some(target) = self.anchors.get(&anchor).copied() else { return Ok(()) };
        if self.open.iter().any(|open| open.id == target) {
            return Err(ParseError { flaw: ParseErrorKind::Cycle, span });
        }
        let size = self.sizes[target.0];
        if self.open.len() + size.height > MAX_DEPTH {
            return Err(ParseError { flaw: ParseErrorKind::Depth, span });
        }
        let id = self.add(Content::Alias(target), 0, None, span.clone());
        self.aliases.push(id);
        self.sizes[id.0] = size;
        self.grow(id);
        let sizes = self.open.iter().map(|open| self.sizes[open.id.0].nodes);
        match sizes.fold(0, usize::saturating_add) > self.nodes.len().saturating_mul(MAX_EXPANSION)
        {
            true => Err(ParseError { flaw: ParseErrorKind::Expansion, span }),
            false => Ok(()),
        }
    }

    /// Adds a node to the collection that is open.
    fn add(
        &mut self,
        content: Content,
        anchor: usize,
        tag: Option<&Tag>,
        span: Range<usize>,
    ) -> NodeId {
        let id = NodeId(self.nodes.len());
        if anchor != 0 {
            self.anchors.insert(anchor, id);
            self.anchored.push(id);
        }
        let parent = self.open.last().map_or(id, |open| open.id);
        let step = self.attach(id, &content);
        self.nodes.push(Data { content, step, parent, span, tag: tag.map(tag_name) });
        self.sizes.push(Size { height: 0, nodes: 1 });
        id
    }

    fn attach(&mut self, id: NodeId, content: &Content) -> Step {
        let Some(open) = self.open.last_mut() else { return Step::Root };
        match &mut self.nodes[open.id.0].content {
            Content::Sequence(items) => {
                items.push(id);
                Step::Item(items.len() - 1)
            }
            Content::Mapping(mapping) => match open.key.take() {
                None => {
                    open.key = Some(id);
                    if let Content::Scalar(scalar) = content {
                        let index = mapping.entries.len();
                        let first = *mapping.first.entry(scalar.text.clone()).or_insert(index);
                        mapping.is_ambiguous |= first != index;
                    }
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

    /// Counts a node that is complete into the collection in which it stands.
    fn grow(&mut self, id: NodeId) {
        let Some(open) = self.open.last() else { return };
        let of = self.sizes[id.0];
        let size = &mut self.sizes[open.id.0];
        size.height = size.height.max(of.height);
        size.nodes = size.nodes.saturating_add(of.nodes);
    }

    fn finish(self) -> Option<Tree> {
        let Self { input, nodes, anchored, aliases, second_document, .. } = self;
        let text = input.original().to_owned();
        let repairs = Vec::new();
        (!nodes.is_empty()).then_some(Tree {
            text,
            repairs,
            nodes,
            anchored,
            aliases,
            second_document,
        })
    }

    fn syntax(&self, error: &ScanError) -> ParseError {
        let at = self.input.byte(error.marker().index());
        ParseError {
            flaw: ParseErrorKind::Syntax { reason: error.info().to_owned(), after: self.after },
            span: at..at,
        }
    }

    fn bytes(&self, span: Span) -> Range<usize> {
        let (start, end) = (self.input.byte(span.start.index()), self.input.byte(span.end.index()));
        start..start + without_end(&self.input.original()[start..end.max(start)]).len()
    }
}

/// The name of a tag as one writes it.
fn tag_name(tag: &Tag) -> String {
    match tag.is_yaml_core_schema() {
        true => format!("!!{}", tag.suffix),
        false => format!("{}{}", tag.handle, tag.suffix),
    }
}

/// The text without the white space of YAML at its end; other spaces are a part of a scalar.
fn without_end(text: &str) -> &str {
    text.trim_end_matches([' ', '\t', '\r', '\n'])
}
