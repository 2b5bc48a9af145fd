//! Encryption by the browser for what rests on the device: AES-256-GCM with a key that is derived
//! from a code by PBKDF2 (SHA-256, 600,000 rounds, as OWASP recommends).

use js_sys::{Array, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{CryptoKey, SubtleCrypto};

use super::window;

/// Rounds of PBKDF2: about 0.2 seconds on a computer, a second or two on an old phone.
const ROUNDS: f64 = 600_000.0;

/// A key that cannot be read out of the browser.
#[derive(Clone)]
pub struct Key(CryptoKey);

impl Key {
    /// The key that `code` and `salt` give; `None` if the browser has no encryption, as on a page
    /// that came without TLS.
    pub async fn derive(code: &str, salt: &[u8]) -> Option<Self> {
        let subtle = subtle()?;
        let derives = Array::of1(&"deriveKey".into());
        let code = Uint8Array::from(code.as_bytes());
        let raw = subtle
            .import_key_with_str("raw", &code, "PBKDF2", false, &derives)
            .ok()?;
        let raw: CryptoKey = settled(raw).await?.dyn_into().ok()?;
        let how = object(&[
            ("name", "PBKDF2".into()),
            ("hash", "SHA-256".into()),
            ("salt", Uint8Array::from(salt).into()),
            ("iterations", ROUNDS.into()),
        ])?;
        let of = object(&[("name", "AES-GCM".into()), ("length", 256.into())])?;
        let uses = Array::of2(&"encrypt".into(), &"decrypt".into());
        let key = subtle
            .derive_key_with_object_and_object(&how, &raw, &of, false, &uses)
            .ok()?;
        Some(Self(settled(key).await?.dyn_into().ok()?))
    }

    /// Closes `plain` under a `nonce` that is used once.
    pub async fn close(&self, nonce: &[u8], plain: &[u8]) -> Option<Vec<u8>> {
        let plain = Uint8Array::from(plain);
        let closed = subtle()?
            .encrypt_with_object_and_buffer_source(&under(nonce)?, &self.0, &plain)
            .ok()?;
        bytes(closed).await
    }

    /// Opens what was closed; `None` under another key, or if a byte was changed.
    pub async fn open(&self, nonce: &[u8], closed: &[u8]) -> Option<Vec<u8>> {
        let closed = Uint8Array::from(closed);
        let plain = subtle()?
            .decrypt_with_object_and_buffer_source(&under(nonce)?, &self.0, &closed)
            .ok()?;
        bytes(plain).await
    }
}

fn subtle() -> Option<SubtleCrypto> {
    Some(window().crypto().ok()?.subtle())
}

fn under(nonce: &[u8]) -> Option<Object> {
    object(&[
        ("name", "AES-GCM".into()),
        ("iv", Uint8Array::from(nonce).into()),
    ])
}

fn object(members: &[(&str, JsValue)]) -> Option<Object> {
    let object = Object::new();
    for (name, value) in members {
        Reflect::set(&object, &JsValue::from_str(name), value).ok()?;
    }
    Some(object)
}

async fn settled(promise: Promise) -> Option<JsValue> {
    JsFuture::from(promise).await.ok()
}

async fn bytes(promise: Promise) -> Option<Vec<u8>> {
    Some(Uint8Array::new(&settled(promise).await?).to_vec())
}
