//! The path workload on axum. A value that does not fit its type is refused with 400, axum's own.
use axum::{extract::Path, routing::get, Json, Router};
use serde::{Deserialize, Serialize};
use time::Date;
use uuid::Uuid;

time::serde::format_description!(iso_date, Date, "[year]-[month]-[day]");

#[derive(Serialize)]
struct Named {
    name: String,
}

#[derive(Deserialize, Serialize)]
struct UserPost {
    user: String,
    post: String,
}

#[derive(Deserialize, Serialize)]
struct Deep {
    one: String,
    two: String,
    three: String,
    four: String,
    five: String,
}

#[derive(Serialize)]
struct Numbered {
    id: i64,
}

#[derive(Serialize)]
struct Identified {
    id: Uuid,
}

#[derive(Deserialize, Serialize)]
struct Dated {
    #[serde(with = "iso_date")]
    day: Date,
}

pub fn routes(router: Router) -> Router {
    router
        .route("/path/simple/{name}", get(simple))
        .route("/path/multiple/{user}/{post}", get(multiple))
        .route("/path/deep/{one}/{two}/{three}/{four}/{five}", get(deep))
        .route("/path/int/{id}", get(number))
        .route("/path/uuid/{id}", get(identifier))
        .route("/path/date/{day}", get(date))
}

async fn simple(Path(name): Path<String>) -> Json<Named> {
    Json(Named { name })
}

async fn multiple(Path(both): Path<UserPost>) -> Json<UserPost> {
    Json(both)
}

async fn deep(Path(all): Path<Deep>) -> Json<Deep> {
    Json(all)
}

async fn number(Path(id): Path<i64>) -> Json<Numbered> {
    Json(Numbered { id })
}

async fn identifier(Path(id): Path<Uuid>) -> Json<Identified> {
    Json(Identified { id })
}

async fn date(Path(dated): Path<Dated>) -> Json<Dated> {
    Json(dated)
}
