//! The upload workload on axum: its multipart extractor, each part read whole.
use axum::{
    extract::{multipart::MultipartError, Multipart},
    routing::post,
    Json, Router,
};
use serde::Serialize;

#[derive(Default, Serialize)]
struct Uploaded {
    title: String,
    filename: String,
    bytes: usize,
    crc32: u32,
}

pub fn routes(router: Router) -> Router {
    router.route("/upload", post(upload))
}

async fn upload(mut form: Multipart) -> Result<Json<Uploaded>, MultipartError> {
    let mut uploaded = Uploaded::default();
    while let Some(field) = form.next_field().await? {
        if field.name() == Some("title") {
            uploaded.title = field.text().await?;
        } else if field.name() == Some("file") {
            uploaded.filename = field.file_name().unwrap_or_default().to_owned();
            let bytes = field.bytes().await?;
            uploaded.bytes = bytes.len();
            uploaded.crc32 = crc32fast::hash(&bytes);
        }
    }
    Ok(Json(uploaded))
}
