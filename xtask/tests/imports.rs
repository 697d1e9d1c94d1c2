//! Tests that files do not import each other in circles. Only a file and the files of its submodules may do so.

#![allow(clippy::unwrap_used, reason = "an unexpected error fails the test")]

use std::collections::{BTreeMap, BTreeSet};
use std::{fs, path::Path};

use syn::{
    Attribute, Ident, ItemMod, ItemUse, Macro, UseTree,
    visit::{self, Visit},
};

/// The path of a module or an item, without `crate`.
type Name = Vec<String>;

/// The names that a file imports and uses.
#[derive(Default)]
struct File {
    text: String,
    /// The module of the file, with the inline modules that are being visited.
    module: Name,
    imports: BTreeMap<String, Name>,
    globs: Vec<Name>,
    used: BTreeSet<Name>,
}

impl File {
    fn absolute(&self, path: &[String]) -> Name {
        let supers = path.iter().take_while(|it| *it == "super").count();
        let (kept, skipped) = match path.first().map(String::as_str) {
            Some("crate") => (0, 1),
            Some("self") => (self.module.len(), 1),
            _ => (self.module.len() - supers, supers),
        };
        [&self.module[..kept], &path[skipped..]].concat()
    }

    fn import(&mut self, path: &[String], tree: &UseTree) {
        let below = |ident: &Ident| [path, &[ident.to_string()]].concat();
        let (ident, alias) = match tree {
            UseTree::Path(it) => return self.import(&below(&it.ident), &it.tree),
            UseTree::Group(it) => return it.items.iter().for_each(|it| self.import(path, it)),
            UseTree::Glob(_) => return self.globs.push(self.absolute(path)),
            UseTree::Name(it) => (&it.ident, &it.ident),
            UseTree::Rename(it) => (&it.ident, &it.rename),
        };
        let (path, alias) = match (ident == "self", path.last()) {
            (true, Some(last)) => (path.to_vec(), last.clone()),
            _ => (below(ident), alias.to_string()),
        };
        self.imports.insert(alias, self.absolute(&path));
    }

    fn defines(&self, name: &str) -> bool {
        let kinds = ["const", "enum", "fn", "static", "struct", "trait", "type"];
        kinds.iter().any(|kind| self.text.contains(&format!("{kind} {name}")))
    }
}

impl Visit<'_> for File {
    fn visit_item_mod(&mut self, module: &ItemMod) {
        let list = |it: &Attribute| Some(it.meta.require_list().ok()?.tokens.to_string());
        if !module.attrs.iter().any(|it| list(it).as_deref() == Some("test")) {
            self.module.push(module.ident.to_string());
            visit::visit_item_mod(self, module);
            self.module.pop();
        }
    }

    fn visit_item_use(&mut self, item: &ItemUse) {
        self.import(&[], &item.tree);
    }

    fn visit_path(&mut self, path: &syn::Path) {
        let names: Name = path.segments.iter().map(|it| it.ident.to_string()).collect();
        self.used.insert(self.absolute(&names));
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, call: &Macro) {
        // These macros contain code of another package.
        if !["quote", "parse_quote"].iter().any(|name| call.path.is_ident(name)) {
            let text = call.tokens.to_string().replace(" :: ", "::");
            for word in text.split(|char: char| !char.is_alphanumeric() && !"_:".contains(char)) {
                let names: Name = word.split("::").map(str::to_owned).collect();
                self.used.insert(self.absolute(&names));
            }
        }
    }
}

/// Returns the module that defines an item, following at most `depth` imports.
fn owner(files: &BTreeMap<Name, File>, path: &[String], depth: usize) -> Name {
    let file = (1..=path.len()).take_while(|it| files.contains_key(&path[..*it])).last();
    let (module, rest) = path.split_at(file.unwrap_or(0));
    let (Some((name, below)), Some(depth)) = (rest.split_first(), depth.checked_sub(1)) else {
        return module.to_vec();
    };
    let file = &files[module];
    if let Some(import) = file.imports.get(name) {
        return owner(files, &[import, below].concat(), depth);
    }
    let mut globs = file.globs.iter().map(|glob| owner(files, glob, depth));
    globs.find(|it| !file.defines(name) && files[it].defines(name)).unwrap_or(module.to_vec())
}

/// Returns the modules that a file imports, except those around it and within it.
fn imported(files: &BTreeMap<Name, File>, file: &File) -> BTreeSet<Name> {
    let paths = file.imports.values().chain(&file.globs).chain(&file.used);
    let owners = paths.map(|path| owner(files, path, 8));
    owners.filter(|it| !it.starts_with(&file.module) && !file.module.starts_with(it)).collect()
}

fn read(folder: &Path, module: &[String], files: &mut BTreeMap<Name, File>) {
    for entry in fs::read_dir(folder).into_iter().flatten().map(|entry| entry.unwrap().path()) {
        let name = entry.file_stem().unwrap().to_str().unwrap();
        let inner = [module, &[name.to_owned()]].concat();
        read(&entry, &inner, files);
        if entry.extension().is_some_and(|it| it == "rs") && name != "main" {
            let module = if ["lib", "mod"].contains(&name) { module.to_vec() } else { inner };
            let text = fs::read_to_string(&entry).unwrap();
            let mut file = File { module: module.clone(), ..File::default() };
            file.visit_file(&syn::parse_file(&text).unwrap());
            files.insert(module, File { text, ..file });
        }
    }
}

#[test]
fn no_circles() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let manifest = fs::read_to_string(root.join("Cargo.toml")).unwrap();
    let manifest: toml::Table = manifest.parse().unwrap();
    let mut circular = Vec::new();
    for package in manifest["workspace"]["members"].as_array().unwrap() {
        let mut files = BTreeMap::new();
        read(&root.join(package.as_str().unwrap()).join("src"), &[], &mut files);
        let imports = files.iter().map(|(module, file)| (module, imported(&files, file)));
        let imports: BTreeMap<&Name, BTreeSet<Name>> = imports.collect();
        for (from, to) in imports.iter().flat_map(|(from, all)| all.iter().map(|to| (*from, to))) {
            let (mut reached, mut waiting) = (BTreeSet::new(), vec![to]);
            while let Some(module) = waiting.pop() {
                waiting.extend(imports[module].iter().filter(|it| reached.insert(*it)));
            }
            let names = || format!("{package}: {} imports {}", from.join("::"), to.join("::"));
            circular.extend(reached.contains(from).then(names));
        }
    }
    assert!(circular.is_empty(), "these imports are part of circles:\n{}", circular.join("\n"));
}
