//! Draws [`Node`]s on the page and, when they change, touches only what differs, so that focus,
//! cursor and scroll position stay.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::__reexports::send_wrapper::SendWrapper;
use leptos::prelude::*;
use leptos::reactive::effect::RenderEffect;
use leptos::reactive::owner::Owner;
use leptos::tachys::html::attribute::Attribute;
use leptos::tachys::html::attribute::any_attribute::AnyAttribute;
use leptos::tachys::hydration::Cursor;
use leptos::tachys::view::add_attr::AddAnyAttr;
use leptos::tachys::view::any_view::AnyViewState;
use leptos::tachys::view::{Mountable, Position, PositionState, Render, RenderHtml};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};

use super::turns;
use crate::ui::markup::{Element, Live, Node, Setting};

/// Hears an event from anywhere inside a drawn piece.
pub type Listener = Box<dyn Fn(web_sys::Event)>;

/// Keeps the page as `make` says, following whatever `make` reads.
///
/// The outermost tag must stay the same. `listener` hears the `events` of everything inside, so a
/// piece needs one listener, however many controls it has.
pub fn draw(
    make: impl Fn() -> Element + 'static,
    events: &'static [&'static str],
    listener: Option<Listener>,
) -> AnyView {
    Drawing(SendWrapper::new(Parts {
        make: Box::new(make),
        events,
        listener,
    }))
    .into_any()
}

struct Drawing(SendWrapper<Parts>);

struct Parts {
    make: Box<dyn Fn() -> Element>,
    events: &'static [&'static str],
    listener: Option<Listener>,
}

/// What stands on the page for a drawing; dropping it stops following.
struct Drawn {
    root: Option<web_sys::Element>,
    _following: RenderEffect<Kept>,
    _listener: Option<Closure<dyn Fn(web_sys::Event)>>,
}

/// What was drawn, to compare with what is asked for next.
enum Kept {
    Element(KeptElement),
    Text(web_sys::Text, String),
    Live(KeptLive),
}

struct KeptElement {
    dom: web_sys::Element,
    tag: &'static str,
    attributes: Vec<(&'static str, Setting)>,
    children: Vec<Kept>,
}

struct KeptLive {
    dom: web_sys::Element,
    id: String,
    /// `None` until it is its turn.
    state: Rc<RefCell<Option<AnyViewState>>>,
    owner: Owner,
}

impl Render for Drawing {
    type State = Drawn;

    fn build(self) -> Drawn {
        let Parts {
            make,
            events,
            listener,
        } = self.0.take();
        // Live pieces outlive a single run of the effect, so they belong to its parent.
        let owner = Owner::current().unwrap_or_default();
        let following = RenderEffect::new(move |kept: Option<Kept>| {
            let wanted = Node::Element(make());
            match kept {
                Some(mut kept) => {
                    turns::at_once(|| patch(&mut kept, wanted, &owner));
                    kept
                }
                None => build(wanted, &owner),
            }
        });
        let root = following
            .with_value_mut(|kept| match kept {
                Kept::Element(kept) => Some(kept.dom.clone()),
                _ => None,
            })
            .flatten();
        let listener = listener.map(Closure::new);
        if let (Some(root), Some(listener)) = (&root, &listener) {
            for event in events {
                let _ =
                    root.add_event_listener_with_callback(event, listener.as_ref().unchecked_ref());
            }
        }
        Drawn {
            root,
            _following: following,
            _listener: listener,
        }
    }

    fn rebuild(self, state: &mut Drawn) {
        let mut old = std::mem::replace(state, self.build());
        old.insert_before_this(state);
        old.unmount();
    }
}

impl Mountable for Drawn {
    fn unmount(&mut self) {
        if let Some(root) = &self.root {
            root.remove();
        }
    }

    fn mount(&mut self, parent: &web_sys::Element, marker: Option<&web_sys::Node>) {
        if let Some(root) = &self.root {
            let _ = parent.insert_before(root, marker);
        }
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        let Some(root) = &self.root else {
            return false;
        };
        let Some(parent) = root.parent_element() else {
            return false;
        };
        child.mount(&parent, Some(root));
        true
    }

    fn elements(&self) -> Vec<web_sys::Element> {
        self.root.iter().cloned().collect()
    }
}

impl AddAnyAttr for Drawing {
    type Output<NewAttr: Attribute> = Self;

    fn add_any_attr<NewAttr: Attribute>(self, _attr: NewAttr) -> Self {
        self
    }
}

impl RenderHtml for Drawing {
    type AsyncOutput = Self;
    type Owned = Self;
    const MIN_LENGTH: usize = 0;

    fn dry_resolve(&mut self) {}

    async fn resolve(self) -> Self {
        self
    }

    fn to_html_with_buf(
        self,
        buf: &mut String,
        position: &mut Position,
        _escape: bool,
        _mark_branches: bool,
        _extra_attrs: Vec<AnyAttribute>,
    ) {
        buf.push_str(&Node::Element((self.0.make)()).html());
        *position = Position::NextChild;
    }

    fn hydrate<const FROM_SERVER: bool>(self, _: &Cursor, _: &PositionState) -> Drawn {
        self.build()
    }

    fn into_owned(self) -> Self {
        self
    }
}

fn build(node: Node, owner: &Owner) -> Kept {
    match node {
        Node::Element(element) => Kept::Element(build_element(element, owner)),
        Node::Text(text) => Kept::Text(document().create_text_node(&text), text),
        Node::Live(live) => Kept::Live(build_live(live, owner)),
    }
}

fn build_element(element: Element, owner: &Owner) -> KeptElement {
    let element = *element.0;
    let dom = create(element.tag);
    let children: Vec<Kept> = element
        .children
        .into_iter()
        .map(|child| {
            let kept = build(child, owner);
            let _ = dom.append_child(kept.dom());
            kept
        })
        .collect();
    for (name, setting) in &element.attributes {
        if *setting != Setting::Flag(false) {
            set(&dom, name, setting);
        }
    }
    KeptElement {
        dom,
        tag: element.tag,
        attributes: element.attributes,
        children,
    }
}

fn build_live(live: Live, owner: &Owner) -> KeptLive {
    let dom = create("div");
    let _ = dom.set_attribute("class", "live");
    let owner = owner.child();
    let state = Rc::new(RefCell::new(None));
    let piece = (dom.clone(), owner.clone(), Rc::downgrade(&state));
    turns::draw(move || {
        let (dom, owner, state) = piece;
        if let Some(state) = state.upgrade() {
            let mut built = owner.with(|| untrack(|| (live.build)().build()));
            built.mount(&dom, None);
            state.replace(Some(built));
        }
    });
    KeptLive {
        dom,
        id: live.id,
        state,
        owner,
    }
}

fn patch(kept: &mut Kept, wanted: Node, owner: &Owner) {
    match (kept, wanted) {
        (Kept::Element(kept), Node::Element(wanted)) if kept.tag == wanted.0.tag => {
            let wanted = *wanted.0;
            patch_attributes(kept, wanted.attributes);
            patch_children(kept, wanted.children, owner);
        }
        (Kept::Text(dom, kept), Node::Text(wanted)) => {
            if *kept != wanted {
                dom.set_data(&wanted);
                *kept = wanted;
            }
        }
        (Kept::Live(kept), Node::Live(wanted)) if kept.id == wanted.id => {}
        (kept, wanted) => {
            let new = build(wanted, owner);
            if let Some(parent) = kept.dom().parent_node() {
                let _ = parent.replace_child(new.dom(), kept.dom());
            }
            std::mem::replace(kept, new).end();
        }
    }
}

fn patch_children(kept: &mut KeptElement, wanted: Vec<Node>, owner: &Owner) {
    // Live pieces that go are taken out first: those that stay are then not moved.
    let stays = |id: &str| {
        wanted
            .iter()
            .any(|it| matches!(it, Node::Live(live) if live.id == id))
    };
    let mut ix = 0;
    while let Some(child) = kept.children.get(ix) {
        match child {
            Kept::Live(live) if !stays(&live.id) => kept.remove(ix),
            _ => ix += 1,
        }
    }
    let n_wanted = wanted.len();
    for (ix, wanted) in wanted.into_iter().enumerate() {
        if let Node::Live(live) = &wanted {
            kept.place_live(ix, &live.id);
        }
        match kept.children.get_mut(ix) {
            Some(child) if child.takes(&wanted) => patch(child, wanted, owner),
            _ => kept.insert(ix, build(wanted, owner)),
        }
    }
    while kept.children.len() > n_wanted {
        kept.remove(n_wanted);
    }
}

impl KeptElement {
    fn insert(&mut self, ix: usize, child: Kept) {
        let before = self.children.get(ix).map(Kept::dom);
        let _ = self.dom.insert_before(child.dom(), before);
        self.children.insert(ix, child);
    }

    fn remove(&mut self, ix: usize) {
        let gone = self.children.remove(ix);
        let _ = self.dom.remove_child(gone.dom());
        gone.end();
    }

    /// Moves the live piece `id`, if there is one behind, to `ix`.
    fn place_live(&mut self, ix: usize, id: &str) {
        let at = self
            .children
            .iter()
            .position(|it| matches!(it, Kept::Live(live) if live.id == id));
        if let Some(at) = at.filter(|at| *at > ix) {
            let child = self.children.remove(at);
            self.insert(ix, child);
        }
    }
}

fn patch_attributes(kept: &mut KeptElement, wanted: Vec<(&'static str, Setting)>) {
    for (name, setting) in &wanted {
        let same = match setting {
            // What a person did may differ from what was drawn last: ask the page.
            Setting::Value(_) | Setting::Flag(_) => false,
            Setting::Attribute(_) => kept
                .attributes
                .iter()
                .any(|(it, old)| it == name && old == setting),
        };
        if !same {
            set(&kept.dom, name, setting);
        }
    }
    for (name, setting) in &kept.attributes {
        if !wanted.iter().any(|(it, _)| it == name) {
            unset(&kept.dom, name, setting);
        }
    }
    kept.attributes = wanted;
}

fn set(dom: &web_sys::Element, name: &'static str, setting: &Setting) {
    match setting {
        Setting::Attribute(value) if name.starts_with("--") => {
            if let Some(dom) = dom.dyn_ref::<web_sys::HtmlElement>() {
                let _ = dom.style().set_property(name, value);
            }
        }
        Setting::Attribute(value) => {
            let _ = dom.set_attribute(name, value);
        }
        Setting::Value(value) => set_property(dom, "value", JsValue::from_str(value)),
        Setting::Flag(on) => set_property(dom, name, JsValue::from_bool(*on)),
    }
}

fn unset(dom: &web_sys::Element, name: &'static str, setting: &Setting) {
    match setting {
        Setting::Attribute(_) => {
            let _ = dom.remove_attribute(name);
        }
        Setting::Value(_) => set_property(dom, "value", JsValue::from_str("")),
        Setting::Flag(_) => set_property(dom, name, JsValue::FALSE),
    }
}

fn set_property(dom: &web_sys::Element, name: &str, value: JsValue) {
    let name = JsValue::from_str(name);
    if js_sys::Reflect::get(dom, &name).as_ref() != Ok(&value) {
        let _ = js_sys::Reflect::set(dom, &name, &value);
    }
}

fn create(tag: &'static str) -> web_sys::Element {
    const SVG: &str = "http://www.w3.org/2000/svg";
    turns::count();
    let made = match tag {
        "svg" | "path" | "circle" => document().create_element_ns(Some(SVG), tag),
        _ => document().create_element(tag),
    };
    made.unwrap_or_else(|_| unreachable!("tags are literals"))
}

impl Kept {
    /// Whether `wanted` can be drawn in this place: a live piece makes room for no other.
    fn takes(&self, wanted: &Node) -> bool {
        match (self, wanted) {
            (Self::Live(kept), Node::Live(wanted)) => kept.id == wanted.id,
            (_, Node::Live(_)) => false,
            _ => true,
        }
    }

    fn dom(&self) -> &web_sys::Node {
        match self {
            Self::Element(kept) => &kept.dom,
            Self::Text(dom, _) => dom,
            Self::Live(kept) => &kept.dom,
        }
    }

    /// Ends what lives inside, after the element has left the page.
    fn end(self) {
        match self {
            Self::Element(kept) => kept.children.into_iter().for_each(Self::end),
            Self::Text(..) => {}
            Self::Live(kept) => {
                if let Some(mut state) = kept.state.take() {
                    state.unmount();
                }
                kept.owner.cleanup();
            }
        }
    }
}
