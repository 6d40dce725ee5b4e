//! Lists of hundreds of items.

use super::{new_user, service};

#[tokio::test]
async fn hundreds_of_clusters_come_one_by_one() {
    let (service, client) = service();
    let added: Vec<String> = (0..731)
        .map(|number| service.add_cluster(&format!("cluster {number}")))
        .collect();
    let mut listed = Vec::new();
    let mut clusters = client.clusters().list().limit(100).items();
    while let Some(cluster) = clusters.next().await {
        listed.push(cluster.expect("a cluster").id.expect("an ID"));
    }
    assert_eq!(listed, added);
    assert_eq!(service.requests(), 8);
}

#[tokio::test]
async fn a_filter_holds_on_every_page() {
    let (service, client) = service();
    for number in 0..300 {
        let kind = if number % 3 == 0 { "PROD" } else { "test" };
        service.add_cluster(&format!("{kind} {number}"));
    }
    let mut count = 0;
    let mut clusters = client
        .clusters()
        .list()
        .name_contains("prod")
        .limit(7)
        .items();
    while let Some(cluster) = clusters.next().await {
        let name = cluster
            .expect("a cluster")
            .properties
            .and_then(|one| one.display_name);
        assert!(name.is_some_and(|name| name.starts_with("PROD")));
        count += 1;
    }
    assert_eq!(count, 100);
}

#[tokio::test]
async fn pages_of_users_hold_the_links_of_their_kind() {
    let (service, client) = service();
    let id = service.add_cluster("orders");
    for number in 0..25 {
        let user = new_user(&format!("user_{number}"));
        client.users().create(&id, &user).await.expect("a user");
    }
    let page = client.users().list(&id).limit(10).offset(10).await;
    let page = page.expect("a page");
    assert_eq!(page.items.len(), 10);
    let links = page.links.expect("links");
    assert!(
        links
            .prev
            .is_some_and(|link| link.ends_with("?limit=10&offset=0"))
    );
    assert!(
        links
            .next
            .is_some_and(|link| link.ends_with("?limit=10&offset=20"))
    );
    let last = client.users().list(&id).limit(10).offset(20).await;
    let links = last.expect("a page").links.expect("links");
    assert!(links.next.is_none());
}
